package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.Task;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;

/** Tasks that change each pixel by itself. */
final class Coloring {
  private Coloring() {}

  private static BufferedImage each(BufferedImage image, IntUnaryOperator change) {
    BufferedImage changed = Canvas.copy(image);
    int[] pixels = Canvas.pixels(changed);
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      pixels[i] = (pixel & 0xFF000000) | (change.applyAsInt(pixel) & 0xFFFFFF);
    }
    return changed;
  }

  private static int red(int pixel) {
    return pixel >> 16 & 0xFF;
  }

  private static int green(int pixel) {
    return pixel >> 8 & 0xFF;
  }

  private static int blue(int pixel) {
    return pixel & 0xFF;
  }

  private static int rgb(double red, double green, double blue) {
    return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Rec. 601 luma. */
  static int luma(int pixel) {
    return (299 * red(pixel) + 587 * green(pixel) + 114 * blue(pixel) + 500) / 1000;
  }

  static BufferedImage monochrome(BufferedImage image) {
    return each(image, pixel -> luma(pixel) * 0x010101);
  }

  static BufferedImage negative(BufferedImage image) {
    return each(image, pixel -> ~pixel);
  }

  /** Black below the threshold in percent, white from it on. */
  static BufferedImage blackwhite(BufferedImage image, Task task) {
    double threshold = task.number("threshold", 50) * 2.55;
    return each(image, pixel -> luma(pixel) >= threshold ? 0xFFFFFF : 0);
  }

  /** Mixed with the brown tones of old photographs, as much as the tone says. */
  static BufferedImage sepia(BufferedImage image, Task task) {
    double tone = task.number("tone", 80) / 100;
    return each(
        image,
        pixel -> {
          int r = red(pixel);
          int g = green(pixel);
          int b = blue(pixel);
          return rgb(
              r + tone * (0.393 * r + 0.769 * g + 0.189 * b - r),
              g + tone * (0.349 * r + 0.686 * g + 0.168 * b - g),
              b + tone * (0.272 * r + 0.534 * g + 0.131 * b - b));
        });
  }

  /** Brightness and saturation in percent of what they are; hue turned by degrees. */
  static BufferedImage modulate(BufferedImage image, Task task) {
    return modulate(
        image,
        task.whole("brightness", 100) / 100f,
        task.whole("saturation", 100) / 100f,
        task.whole("hue", 0) / 360f);
  }

  private static BufferedImage modulate(
      BufferedImage image, float brightness, float saturation, float hue) {
    float[] hsb = new float[3];
    return each(
        image,
        pixel -> {
          Color.RGBtoHSB(red(pixel), green(pixel), blue(pixel), hsb);
          return Color.HSBtoRGB(
              hsb[0] + hue, Math.min(1, hsb[1] * saturation), Math.min(1, hsb[2] * brightness));
        });
  }

  /** Stretches the tones between the darkest and the brightest percent over the whole range. */
  private static BufferedImage stretched(BufferedImage image) {
    int[] histogram = new int[256];
    int[] pixels = Canvas.pixels(image);
    for (int pixel : pixels) {
      histogram[luma(pixel)]++;
    }
    int low = percentile(histogram, pixels.length / 100);
    int high = percentile(histogram, pixels.length - pixels.length / 100);
    if (high <= low) {
      return image;
    }
    double factor = 255.0 / (high - low);
    return each(
        image,
        pixel ->
            rgb(
                (red(pixel) - low) * factor,
                (green(pixel) - low) * factor,
                (blue(pixel) - low) * factor));
  }

  private static int percentile(int[] histogram, int count) {
    int seen = 0;
    for (int i = 0; i < 256; i++) {
      seen += histogram[i];
      if (seen > count) {
        return i;
      }
    }
    return 255;
  }

  /** The presets by classical means: the vendor's are a model's. */
  static BufferedImage enhance(BufferedImage image, Task task) {
    return switch (task.text("preset", "auto")) {
      case "vivid", "fireworks", "outdoor" -> modulate(stretched(image), 1f, 1.3f, 0);
      case "beautify", "beautify_plus" -> Blurring.blurred(stretched(image), 0.6);
      case "fix_dark" -> modulate(image, 1.4f, 1f, 0);
      case "fix_noise" -> Blurring.blurred(image, 1);
      case "fix_tint" -> balanced(image);
      default -> stretched(image);
    };
  }

  /** Makes the mean colour grey. */
  private static BufferedImage balanced(BufferedImage image) {
    long[] sums = new long[3];
    int[] pixels = Canvas.pixels(image);
    for (int pixel : pixels) {
      sums[0] += red(pixel);
      sums[1] += green(pixel);
      sums[2] += blue(pixel);
    }
    double mean = (sums[0] + sums[1] + sums[2]) / 3.0;
    double r = mean / Math.max(1, sums[0]);
    double g = mean / Math.max(1, sums[1]);
    double b = mean / Math.max(1, sums[2]);
    return each(image, pixel -> rgb(red(pixel) * r, green(pixel) * g, blue(pixel) * b));
  }

  /** Darkens what is so red as only a flash makes eyes. */
  static BufferedImage redeye(BufferedImage image) {
    return each(
        image,
        pixel -> {
          int other = (green(pixel) + blue(pixel)) / 2;
          boolean isRed = red(pixel) > 80 && red(pixel) > 2 * other;
          return isRed ? rgb(other, green(pixel), blue(pixel)) : pixel;
        });
  }
}
