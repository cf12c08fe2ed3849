package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.blob.Digests;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.media.ExifTags;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The facts of a file (filestack-files.md 3.4), from its present content. */
final class Metadata {
  /** The one fact that needs a call of its own in the policy. */
  static final String EXIF = "exif";

  private static final List<String> WITHOUT_READING =
      List.of(
          "size", "mimetype", "filename", "uploaded", "writeable", "location", "path", "container");
  private static final List<String> ON_REQUEST =
      List.of(
          "width",
          "height",
          "md5",
          "sha1",
          "sha224",
          "sha256",
          "sha384",
          "sha512",
          "key",
          "cloud",
          "source_url",
          EXIF);

  private final World world;

  Metadata(World world) {
    this.world = world;
  }

  /** Whether the facts that are asked for include EXIF. */
  static boolean asksForExif(Parameters query) {
    return query.get(EXIF).orElse("").equals("true");
  }

  /** Without a flag all that needs no reading, else what is asked for. */
  Map<String, @Nullable Object> of(Filestack.FileLink file, FileContent content, Parameters query)
      throws IOException {
    List<String> wanted = new ArrayList<>();
    for (String name : query.names()) {
      if (query.get(name).orElse("").equals("true")
          && (WITHOUT_READING.contains(name) || ON_REQUEST.contains(name))) {
        wanted.add(name);
      }
    }
    Map<String, @Nullable Object> json = Json.object();
    int[] dimensions = null;
    for (String name : wanted.isEmpty() ? WITHOUT_READING : wanted) {
      if (name.equals("width") || name.equals("height")) {
        dimensions = dimensions == null ? dimensions(content) : dimensions;
        json.put(name, dimensions.length == 0 ? null : dimensions[name.equals("width") ? 0 : 1]);
      } else {
        put(json, name, file, content);
      }
    }
    return json;
  }

  private void put(
      Map<String, @Nullable Object> json, String name, Filestack.FileLink file, FileContent content)
      throws IOException {
    switch (name) {
      case "size" -> json.put(name, content.size());
      case "mimetype" -> json.put(name, content.mimetype());
      case "filename" -> json.put(name, content.filename());
      case "uploaded" -> json.put(name, new BigDecimal(file.uploadedAt().toEpochMilli() + ".0"));
      case "writeable" -> json.put(name, true);
      case "cloud" -> json.put(name, cloud(file, content));
      case "source_url" -> json.put(name, file.sourceUrl());
      case EXIF -> json.put(name, exif(content));
      case "location", "path", "container", "key" -> putPlace(json, name, file);
      default -> json.put(name, digest(name, content));
    }
  }

  /** What the provider tells; only of files that are still there. */
  private static @Nullable Map<String, @Nullable Object> cloud(
      Filestack.FileLink file, FileContent content) {
    return file.source() instanceof Filestack.Symlink link
        ? Json.object("id", link.fileId(), "modified", content.modified())
        : null;
  }

  private static Map<String, String> exif(FileContent content) throws IOException {
    try (InputStream in = content.body().openStream()) {
      return ExifTags.of(in, content.size());
    }
  }

  private static void putPlace(
      Map<String, @Nullable Object> json, String name, Filestack.FileLink file) {
    if (file.source() instanceof Filestack.Stored stored) {
      switch (name) {
        case "location" ->
            json.put(
                name,
                stored.place().isInternal()
                    ? "S3"
                    : stored.place().location().toUpperCase(Locale.ROOT));
        case "container" -> json.put(name, stored.place().container());
        default -> json.put(name, stored.place().key());
      }
    } else if (name.equals("path")) {
      json.put(name, ((Filestack.Symlink) file.source()).path());
    }
  }

  private String digest(String name, FileContent content) throws IOException {
    Blob blob = world.blobs().store(content.body());
    return name.equals("md5") ? blob.md5() : Digests.digest("SHA-" + name.substring(3), blob);
  }

  /** Width and height, or nothing for what isn't an image. Reads the header alone. */
  private static int[] dimensions(FileContent content) throws IOException {
    try (InputStream in = content.body().openStream();
        ImageInputStream image = ImageIO.createImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(image);
      if (!readers.hasNext()) {
        return new int[0];
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(image);
        return new int[] {reader.getWidth(0), reader.getHeight(0)};
      } catch (IOException | RuntimeException e) {
        // Damaged: it has no dimensions that could be told.
        return new int[0];
      } finally {
        reader.dispose();
      }
    }
  }
}
