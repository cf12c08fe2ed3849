package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.webhook.FileAddress;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes, overwrites and removes handles: copies in a storage and links into a cloud. Tells of each
 * by webhook.
 */
public final class FileStore {
  /** Filestack's own bucket (filestack.md 1.4.3). */
  private static final String OWN_CONTAINER = "filestack-uploads-persist-production";

  private final World world;
  private final Events events;

  public FileStore(World world, Events events) {
    this.world = world;
    this.events = events;
  }

  /**
   * What a new file is called and where it came from.
   *
   * @param client the display name of its service
   * @param sourceUrl where it was fetched from; null for anything else than a URL
   * @param tags the upload tags
   */
  public record Facts(
      String apikey,
      String filename,
      String mimetype,
      String client,
      @Nullable String sourceUrl,
      Map<String, String> tags) {

    /** Of a file that came from a service. */
    public Facts(String apikey, String filename, String mimetype, String client) {
      this(apikey, filename, mimetype, client, null, Map.of());
    }
  }

  /**
   * Copies content into a storage. On a storage other than S3 it arrives later, and is told of by
   * webhook then (filestack-files.md 4.3).
   */
  public Filestack.FileLink store(
      Facts facts, Blob blob, Filestack.Storage storage, FileUrls urls) {
    Duration delay = world.option(Options.STORAGE_TRANSFER_DELAY);
    if (delay.isZero() || storage.isInternal() || storage.location().equals("s3")) {
      Filestack.FileLink file = storeSilently(facts, blob, storage);
      events.uploaded(file, blob.size(), urls.of(file.handle()));
      return file;
    }
    Instant arrivesAt = world.now().plus(delay);
    Filestack.FileLink file =
        world.change(
            s -> {
              Filestack.FileLink made = put(s.filestack, facts, blob, storage, arrivesAt);
              FileAddress told = urls.of(made.handle());
              s.filestack.transfers.put(
                  made.handle(),
                  new Filestack.Transfer(
                      made.handle(), blob.size(), arrivesAt, told.api(), told.cdn()));
              return made;
            });
    schedule(file.handle(), arrivesAt);
    return file;
  }

  /** Schedules anew what is on its way. */
  public void resume() {
    world
        .read(s -> List.copyOf(s.filestack.transfers.values()))
        .forEach(transfer -> schedule(transfer.handle(), transfer.arrivesAt()));
  }

  private void schedule(String handle, Instant arrivesAt) {
    long epoch = world.epoch();
    world
        .timeline()
        .schedule(
            arrivesAt,
            "storage-transfer",
            handle,
            () -> {
              if (world.epoch() == epoch) {
                arrive(handle);
              }
            });
  }

  /** A file that was removed on its way doesn't arrive. */
  private void arrive(String handle) {
    Filestack.Transfer transfer = world.read(s -> s.filestack.transfers.get(handle));
    Filestack.FileLink file = world.read(s -> s.filestack.files.get(handle));
    if (transfer == null || file == null) {
      return;
    }
    // Told before it is forgotten: a sudden end in between tells twice, rather than never.
    events.uploaded(file, transfer.size(), new FileAddress(transfer.apiUrl(), transfer.cdnUrl()));
    world.change(s -> s.filestack.transfers.remove(handle));
  }

  /** As {@link #store}, at once, where another event tells of it. */
  public Filestack.FileLink storeSilently(Facts facts, Blob blob, Filestack.Storage storage) {
    return world.change(s -> put(s.filestack, facts, blob, storage, world.now()));
  }

  private Filestack.FileLink put(
      Filestack filestack, Facts facts, Blob blob, Filestack.Storage storage, Instant arrivesAt) {
    Filestack.Place place =
        new Filestack.Place(
            facts.apikey(),
            storage.location(),
            storage.container() != null ? storage.container() : OWN_CONTAINER,
            key(storage, facts.filename()));
    filestack.objects.put(
        place, new Filestack.StoredObject(place, blob, facts.mimetype(), arrivesAt));
    return add(filestack, facts, new Filestack.Stored(place));
  }

  /** {@code Stored}, or {@code InTransit} while the file is on its way to its storage. */
  public String status(Filestack.FileLink file) {
    Filestack.StoredObject object = world.read(s -> s.filestack.object(file));
    return object != null && object.arrivesAt().isAfter(world.now()) ? "InTransit" : "Stored";
  }

  /** Links to a file where it is. */
  public Filestack.FileLink link(
      Facts facts, String grantId, Cloud cloud, Cloud.Item item, String path, FileUrls urls) {
    Filestack.FileLink file = linkSilently(facts, grantId, cloud, item, path);
    events.uploaded(file, item.size(), urls.of(file.handle()));
    return file;
  }

  /** As {@link #link}, where another event tells of it. */
  public Filestack.FileLink linkSilently(
      Facts facts, String grantId, Cloud cloud, Cloud.Item item, String path) {
    return world.change(
        s ->
            add(
                s.filestack,
                facts,
                new Filestack.Symlink(grantId, cloud.name(), item.id(), path, item.size())));
  }

  private Filestack.FileLink add(Filestack filestack, Facts facts, Filestack.Source source) {
    Filestack.FileLink file =
        new Filestack.FileLink(
            world.ids().handle(),
            facts.apikey(),
            facts.filename(),
            facts.mimetype(),
            facts.client(),
            world.now(),
            facts.sourceUrl(),
            facts.tags(),
            source);
    filestack.files.put(file.handle(), file);
    return file;
  }

  /**
   * Replaces the bytes of a stored file; handle, name and URL stay (filestack-files.md 3.5).
   *
   * @param mimetype the new media type; null keeps the old one
   */
  public Filestack.FileLink overwrite(
      Filestack.FileLink file, Blob blob, @Nullable String mimetype) {
    return world.change(
        s -> {
          String type = mimetype == null ? file.mimetype() : mimetype;
          Filestack.Place place = ((Filestack.Stored) file.source()).place();
          s.filestack.objects.put(
              place, new Filestack.StoredObject(place, blob, type, world.now()));
          Filestack.FileLink changed =
              new Filestack.FileLink(
                  file.handle(),
                  file.apikey(),
                  file.filename(),
                  type,
                  file.client(),
                  file.uploadedAt(),
                  file.sourceUrl(),
                  file.tags(),
                  file.source());
          s.filestack.files.put(file.handle(), changed);
          return changed;
        });
  }

  /** Tells that a file's bytes were replaced, here or in its cloud. */
  public void overwritten(Filestack.FileLink file, FileContent now, FileUrls urls) {
    events.overwritten(file, now.filename(), now.mimetype(), now.size(), urls.of(file.handle()));
  }

  /**
   * Removes a handle and, of a stored file, the copy; never a cloud's file (filestack-files.md
   * 3.6).
   *
   * @param keepObject whether the copy stays
   */
  public void remove(Filestack.FileLink file, boolean keepObject, FileUrls urls) {
    world.change(
        s -> {
          s.filestack.files.remove(file.handle());
          s.filestack.transfers.remove(file.handle());
          if (!keepObject && file.source() instanceof Filestack.Stored stored) {
            s.filestack.objects.remove(stored.place());
          }
          return null;
        });
    events.deleted(file, urls.of(file.handle()));
  }

  /**
   * The storage key (filestack.md 0.2): 20 random characters before the name, in the folder that
   * the path names; a path that doesn't end in a slash is the key itself.
   */
  private String key(Filestack.Storage storage, String filename) {
    String path = storage.path() == null ? "" : storage.path();
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return relative.isEmpty() || relative.endsWith("/")
        ? relative + world.ids().handle() + "_" + filename
        : relative;
  }
}
