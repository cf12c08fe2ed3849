package dev.clouddrive.simulator.internal.filestack.process.image;

import java.awt.Color;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is to be written.
 *
 * @param quality 1 to 100; null for the encoder's own
 * @param background what is seen through a transparent pixel where the format knows none
 */
record Encoding(Format format, @Nullable Integer quality, boolean progressive, Color background) {

  static Encoding of(Format format) {
    return new Encoding(format, null, false, Color.WHITE);
  }

  Encoding withFormat(Format newFormat) {
    return new Encoding(newFormat, quality, progressive, background);
  }

  Encoding withQuality(@Nullable Integer newQuality) {
    return new Encoding(format, newQuality, progressive, background);
  }

  Encoding withProgressive() {
    return new Encoding(format, quality, true, background);
  }

  Encoding withBackground(Color newBackground) {
    return new Encoding(format, quality, progressive, newBackground);
  }
}
