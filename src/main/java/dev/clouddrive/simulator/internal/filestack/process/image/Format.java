package dev.clouddrive.simulator.internal.filestack.process.image;

import java.util.Locale;
import java.util.Optional;

/** The image formats that are read and written. */
enum Format {
  JPEG("jpg", "image/jpeg", "jpeg", false, 65_500),
  PNG("png", "image/png", "png", true, 1_000_000),
  GIF("gif", "image/gif", "gif", true, 65_535),
  BMP("bmp", "image/bmp", "bmp", false, 65_535),
  TIFF("tiff", "image/tiff", "tiff", true, 65_535),
  WEBP("webp", "image/webp", "webp", true, 16_383);

  private final String extension;
  private final String mimetype;
  private final String writer;
  private final boolean transparent;
  private final int mostPixelsASide;

  Format(
      String extension, String mimetype, String writer, boolean transparent, int mostPixelsASide) {
    this.extension = extension;
    this.mimetype = mimetype;
    this.writer = writer;
    this.transparent = transparent;
    this.mostPixelsASide = mostPixelsASide;
  }

  String extension() {
    return extension;
  }

  String mimetype() {
    return mimetype;
  }

  /** As {@code ImageIO} calls it. */
  String writer() {
    return writer;
  }

  /** Whether a pixel can be transparent. */
  boolean isTransparent() {
    return transparent;
  }

  int mostPixelsASide() {
    return mostPixelsASide;
  }

  /** By a name of a task's {@code format}, or of an {@code ImageIO} reader. */
  static Optional<Format> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "jpg", "jpeg", "pjpg" -> Optional.of(JPEG);
      case "png" -> Optional.of(PNG);
      case "gif" -> Optional.of(GIF);
      case "bmp" -> Optional.of(BMP);
      case "tif", "tiff" -> Optional.of(TIFF);
      case "webp" -> Optional.of(WEBP);
      default -> Optional.empty();
    };
  }
}
