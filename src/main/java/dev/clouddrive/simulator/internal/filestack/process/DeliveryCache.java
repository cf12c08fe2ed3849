package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the CDN still shows of URLs that it has delivered before (filestack-files.md 3.3). It is the
 * world's switches that let it show anything but the present bytes.
 */
final class DeliveryCache {
  /** From the first access (filestack-files.md 9.2). */
  private static final Duration LIFE = Duration.ofDays(30);

  private final World world;

  DeliveryCache(World world) {
    this.world = world;
  }

  /** The old bytes of a file that is still there. */
  Optional<Filestack.Delivered> stale(String url, Filestack.FileLink file) {
    boolean mayBeStale =
        file.source() instanceof Filestack.Symlink
            ? !world.option(Options.SYMLINK_CACHE).isZero()
            : world.option(Options.CDN_STALE_AFTER_OVERWRITE).equals("stale");
    return mayBeStale ? find(url) : Optional.empty();
  }

  /** The bytes of a file that was removed. */
  Optional<Filestack.Delivered> removed(String url) {
    return world.option(Options.CDN_STALE_AFTER_DELETE) ? find(url) : Optional.empty();
  }

  private Optional<Filestack.Delivered> find(String url) {
    Instant now = world.now();
    return world
        .read(s -> Optional.ofNullable(s.filestack.delivered.get(url)))
        .filter(delivered -> now.isBefore(delivered.until()));
  }

  FileContent content(Filestack.Delivered delivered) {
    Blob blob = delivered.blob();
    return new FileContent(
        delivered.filename(),
        delivered.mimetype(),
        blob.size(),
        blob.etag(),
        world.now(),
        blob::body);
  }

  /** Remembers a delivery, where a switch could let it be shown again. */
  FileContent remember(String url, Filestack.FileLink file, FileContent content)
      throws IOException {
    boolean symlink = file.source() instanceof Filestack.Symlink;
    Duration life = symlink ? world.option(Options.SYMLINK_CACHE) : LIFE;
    boolean wanted =
        symlink
            ? !life.isZero()
            : world.option(Options.CDN_STALE_AFTER_OVERWRITE).equals("stale")
                || world.option(Options.CDN_STALE_AFTER_DELETE);
    if (!wanted) {
      return content;
    }
    Blob blob = world.blobs().store(content.body());
    Filestack.Delivered delivered =
        new Filestack.Delivered(
            url,
            file.apikey(),
            file.handle(),
            content.filename(),
            content.mimetype(),
            blob,
            world.now().plus(life));
    world.change(s -> s.filestack.delivered.put(url, delivered));
    return new FileContent(
        content.filename(),
        content.mimetype(),
        content.size(),
        content.etag(),
        content.modified(),
        blob::body);
  }
}
