package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.time.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole world: clock, ids, accounts with every node, logins, applications, files, webhooks,
 * events and deliveries with the retries that are pending. {@link WorldImport} reads it.
 */
public final class WorldExport {
  /** The description's name in an archive. */
  static final String WORLD_JSON = "world.json";

  private WorldExport() {}

  /** As JSON; contents are inside as Base64, generated ones as size and seed. */
  public static Body json(World world) throws IOException {
    Map<String, @Nullable Object> snapshot = snapshot(world, WorldExport::inline);
    return world.blobs().store(out -> Json.writePretty(out, snapshot)).body();
  }

  /** As a zip archive with {@code world.json} and the contents beside it. */
  public static Body zip(World world) throws IOException {
    Map<String, Blob> named = new LinkedHashMap<>();
    Map<String, @Nullable Object> snapshot =
        snapshot(
            world,
            blob -> {
              if (blob.seed().isPresent()) {
                return inline(blob);
              }
              String name = "contents/" + blob.md5();
              named.putIfAbsent(name, blob);
              return Json.object("file", name);
            });
    return world.blobs().store(out -> writeZip(out, snapshot, named)).body();
  }

  private static void writeZip(
      OutputStream out, Map<String, @Nullable Object> snapshot, Map<String, Blob> named)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(entry(WORLD_JSON));
    Json.writePretty(zip, snapshot);
    for (Map.Entry<String, Blob> content : named.entrySet()) {
      zip.putNextEntry(entry(content.getKey()));
      try (InputStream in = content.getValue().body().openStream()) {
        in.transferTo(zip);
      }
    }
    // Not closed: whoever keeps what is written has not finished yet.
    zip.finish();
  }

  /** Without the wall's time, so that the same world gives the same archive. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    return entry;
  }

  /**
   * The world as it is now; what is due now is left to end first, so that the same calls give the
   * same export.
   */
  private static Map<String, @Nullable Object> snapshot(World world, WorldImage.Contents contents)
      throws IOException {
    if (world.timeline().mode() == Timeline.Mode.FROZEN) {
      world.timeline().awaitSettled();
    }
    WorldImage image = WorldImage.of(world);
    Map<String, @Nullable Object> snapshot = image.head();
    for (Map.Entry<String, List<WorldImage.Item>> collection : image.collections().entrySet()) {
      List<Object> documents = new ArrayList<>(collection.getValue().size());
      for (WorldImage.Item item : collection.getValue()) {
        documents.add(item.writer().write(contents));
      }
      snapshot.put(collection.getKey(), documents);
    }
    return snapshot;
  }

  private static Map<String, @Nullable Object> inline(Blob blob) {
    return blob.seed().isPresent()
        ? Json.object("size", blob.size(), "seed", blob.seed().getAsLong())
        : Json.object("base64", new Content(blob));
  }

  private record Content(Blob blob) implements Json.Binary {
    @Override
    public long length() {
      return blob.size();
    }

    @Override
    public InputStream openStream() throws IOException {
      return blob.body().openStream();
    }
  }
}
