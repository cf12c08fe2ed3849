package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;

/** Makes handles: for copies in a storage and for links into a cloud. Tells of each by webhook. */
public final class FileStore {
  /** Filestack's own bucket (filestack.md 1.4.3). */
  static final String OWN_CONTAINER = "filestack-uploads-persist-production";

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
   */
  public record Facts(String apikey, String filename, String mimetype, String client) {}

  /** Copies content into a storage. */
  public Filestack.FileLink store(
      Facts facts, Blob blob, Filestack.Storage storage, FileUrls urls) {
    Filestack.FileLink file =
        world.change(
            s -> {
              String container = storage.container() != null ? storage.container() : OWN_CONTAINER;
              String key = key(storage, facts.filename());
              return add(s.filestack, facts, new Filestack.Stored(blob, storage, container, key));
            });
    events.uploaded(file, blob.size(), urls.of(file.handle()));
    return file;
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
            source);
    filestack.files.put(file.handle(), file);
    return file;
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
