package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.Task;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** A picture as characters in an HTML page. */
final class AsciiArt {
  private static final String DARK_TO_BRIGHT = "@%#*+=-:. ";

  private AsciiArt() {}

  /**
   * @param task its {@code size} is the percentage of 100 characters that a line has
   */
  static String html(BufferedImage image, Task task, Geometry geometry) throws IOException {
    int columns = task.whole("size", 100);
    // A character is about twice as high as it is wide.
    int rows =
        Math.max(1, (int) Math.round(columns * image.getHeight() / (2.0 * image.getWidth())));
    BufferedImage small =
        Canvas.opaque(geometry.scaled(image, columns, Math.min(rows, 1_000)), Color.WHITE);
    boolean reverse = task.flag("reverse", false);
    boolean colored = task.flag("colored", false);
    StringBuilder html =
        new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head>")
            .append("<body style=\"background:")
            .append(css(task.color("background", Color.WHITE)))
            .append(";color:")
            .append(css(task.color("foreground", Color.BLACK)))
            .append("\"><pre style=\"line-height:1\">");
    for (int y = 0; y < small.getHeight(); y++) {
      for (int x = 0; x < small.getWidth(); x++) {
        int pixel = small.getRGB(x, y);
        int luma = reverse ? 255 - Coloring.luma(pixel) : Coloring.luma(pixel);
        char c = DARK_TO_BRIGHT.charAt(luma * (DARK_TO_BRIGHT.length() - 1) / 255);
        if (colored) {
          html.append("<span style=\"color:").append(css(new Color(pixel))).append("\">");
        }
        html.append(c).append(colored ? "</span>" : "");
      }
      html.append('\n');
    }
    return html.append("</pre></body></html>\n").toString();
  }

  private static String css(Color color) {
    return color.getAlpha() == 0
        ? "transparent"
        : String.format("#%06x", color.getRGB() & 0xFFFFFF);
  }
}
