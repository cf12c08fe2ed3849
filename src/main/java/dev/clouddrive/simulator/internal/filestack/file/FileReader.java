package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.file.FileContent.FileUnavailableException;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Opens what a handle stands for. A symlink reads its user's cloud at every request, so that it
 * shows the file's present name and bytes, and fails with it (filestack-files.md 3.7).
 */
public final class FileReader {
  private static final String NOT_FOUND = "File not found";

  private final World world;
  private final Map<String, Cloud> clouds;

  /**
   * @param clouds by name
   */
  public FileReader(World world, Map<String, Cloud> clouds) {
    this.world = world;
    this.clouds = Map.copyOf(clouds);
  }

  /** A handle, with {@code +ext} behind it or not. */
  public Optional<Filestack.FileLink> find(String handle) {
    int plus = handle.indexOf('+');
    String bare = plus < 0 ? handle : handle.substring(0, plus);
    return world.read(s -> Optional.ofNullable(s.filestack.files.get(bare)));
  }

  /** As {@link #find}, or a 404. */
  public Filestack.FileLink require(String handle) throws FileUnavailableException {
    return find(handle).orElseThrow(() -> new FileUnavailableException(404, NOT_FOUND, null));
  }

  public FileContent open(Filestack.FileLink file) throws IOException {
    if (file.source() instanceof Filestack.Stored) {
      Filestack.StoredObject object = world.read(s -> s.filestack.object(file));
      if (object == null) {
        throw new FileUnavailableException(404, NOT_FOUND, null);
      }
      Blob blob = object.blob();
      return new FileContent(
          file.filename(),
          file.mimetype(),
          blob.size(),
          blob.etag(),
          object.arrivesAt(),
          blob::body);
    }
    Filestack.Symlink link = (Filestack.Symlink) file.source();
    Cloud cloud = cloud(link);
    try {
      Cloud.Item item = item(cloud, link);
      return new FileContent(
          item.name(),
          item.mimetype(),
          item.size(),
          item.md5(),
          item.modified(),
          (from, length) -> read(cloud, link, from, length));
    } catch (Cloud.CloudException e) {
      throw unavailable(e);
    }
  }

  private Cloud cloud(Filestack.Symlink link) throws FileUnavailableException {
    Cloud cloud = clouds.get(link.cloud());
    if (cloud == null) {
      throw new FileUnavailableException(404, NOT_FOUND, null);
    }
    return cloud;
  }

  private Cloud.Item item(Cloud cloud, Filestack.Symlink link)
      throws Cloud.CloudException, IOException {
    if (world.option(Options.SYMLINK_RESOLVE_BY).equals("id")) {
      return cloud.byId(link.grantId(), link.fileId());
    }
    Cloud.Item item = cloud.at(link.grantId(), link.path());
    if (!item.id().equals(link.fileId())) {
      throw new Cloud.CloudException(Cloud.Problem.NOT_FOUND, "another file has that path");
    }
    return item;
  }

  /** Replaces the bytes of a symlink's file, in the user's cloud (filestack-files.md 3.5). */
  void overwrite(Filestack.Symlink link, String mimetype, Blob blob) throws IOException {
    Cloud cloud = cloud(link);
    try {
      cloud.overwrite(link.grantId(), item(cloud, link).id(), mimetype, blob.body());
    } catch (Cloud.CloudException e) {
      throw unavailable(e);
    }
  }

  private Body read(Cloud cloud, Filestack.Symlink link, long from, long length)
      throws IOException {
    try {
      return cloud.read(link.grantId(), link.fileId(), from, length);
    } catch (Cloud.CloudException e) {
      throw unavailable(e);
    }
  }

  private FileUnavailableException unavailable(Cloud.CloudException e) {
    return switch (e.problem()) {
      case NOT_FOUND -> new FileUnavailableException(404, NOT_FOUND, e);
      case NOT_AUTHORIZED ->
          new FileUnavailableException(
              Integer.parseInt(world.option(Options.SYMLINK_REVOKED_STATUS)),
              "The user's authorization for this file has been revoked",
              e);
      case NAME_TAKEN, REFUSED ->
          new FileUnavailableException(403, "The service refused the request", e);
      case UNAVAILABLE ->
          new FileUnavailableException(502, "The service is not available at the moment", e);
    };
  }
}
