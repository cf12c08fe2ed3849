package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.Value;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tasks that mix pixels with their neighbours, everywhere or in some places. */
final class Blurring {
  private Blurring() {}

  static BufferedImage blur(BufferedImage image, Task task) {
    return blurred(image, task.number("amount", 2));
  }

  /**
   * Three box blurs, which come close to a Gaussian (W3C Filter Effects, feGaussianBlur).
   *
   * @param sigma the standard deviation in pixels
   */
  static BufferedImage blurred(BufferedImage image, double sigma) {
    if (sigma > 0 && sigma < 2) {
      return finely(image, sigma);
    }
    int radius = (int) Math.round(sigma * 3 * Math.sqrt(2 * Math.PI) / 4) / 2;
    if (sigma <= 0) {
      return image;
    }
    // What is transparent has no colour that could run into its neighbours.
    BufferedImage result = Canvas.weighted(image);
    int[] pixels = Canvas.pixels(result);
    int[] scratch = new int[pixels.length];
    int width = result.getWidth();
    int height = result.getHeight();
    for (int i = 0; i < 3; i++) {
      // A pass along the rows writes columns, so that the same pass does the other direction.
      box(pixels, scratch, width, height, Math.max(1, radius));
      box(scratch, pixels, height, width, Math.max(1, radius));
    }
    return Canvas.normal(result);
  }

  /** The Gaussian itself, where boxes would be too coarse. */
  private static BufferedImage finely(BufferedImage image, double sigma) {
    int radius = (int) Math.ceil(sigma * 3);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      weights[i + radius] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i + radius];
    }
    int[] shares = new int[weights.length];
    int rest = 1 << 16;
    for (int i = 0; i < weights.length; i++) {
      shares[i] = (int) Math.round(weights[i] / sum * (1 << 16));
      rest -= shares[i];
    }
    shares[radius] += rest;
    BufferedImage result = Canvas.weighted(image);
    int[] pixels = Canvas.pixels(result);
    int[] scratch = new int[pixels.length];
    weigh(pixels, scratch, result.getWidth(), result.getHeight(), shares);
    weigh(scratch, pixels, result.getHeight(), result.getWidth(), shares);
    return Canvas.normal(result);
  }

  private static void weigh(int[] from, int[] to, int width, int height, int[] shares) {
    int radius = shares.length / 2;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int a = 1 << 15;
        int r = 1 << 15;
        int g = 1 << 15;
        int b = 1 << 15;
        for (int i = -radius; i <= radius; i++) {
          int pixel = from[y * width + Math.max(0, Math.min(width - 1, x + i))];
          int share = shares[i + radius];
          a += (pixel >>> 24) * share;
          r += (pixel >> 16 & 0xFF) * share;
          g += (pixel >> 8 & 0xFF) * share;
          b += (pixel & 0xFF) * share;
        }
        to[x * height + y] = a >> 16 << 24 | r >> 16 << 16 | g >> 16 << 8 | b >> 16;
      }
    }
  }

  private static void box(int[] from, int[] to, int width, int height, int radius) {
    int size = 2 * radius + 1;
    for (int y = 0; y < height; y++) {
      int row = y * width;
      int a = 0;
      int r = 0;
      int g = 0;
      int b = 0;
      for (int i = -radius; i <= radius; i++) {
        int pixel = from[row + Math.max(0, Math.min(width - 1, i))];
        a += pixel >>> 24;
        r += pixel >> 16 & 0xFF;
        g += pixel >> 8 & 0xFF;
        b += pixel & 0xFF;
      }
      for (int x = 0; x < width; x++) {
        to[x * height + y] = a / size << 24 | r / size << 16 | g / size << 8 | b / size;
        int in = from[row + Math.min(width - 1, x + radius + 1)];
        int out = from[row + Math.max(0, x - radius)];
        a += (in >>> 24) - (out >>> 24);
        r += (in >> 16 & 0xFF) - (out >> 16 & 0xFF);
        g += (in >> 8 & 0xFF) - (out >> 8 & 0xFF);
        b += (in & 0xFF) - (out & 0xFF);
      }
    }
  }

  /** Adds what a blur takes away. */
  static BufferedImage sharpen(BufferedImage image, Task task) {
    double amount = task.number("amount", 2);
    if (amount <= 0) {
      return image;
    }
    BufferedImage blurred = blurred(image, 1);
    BufferedImage result = Canvas.copy(image);
    int[] sharp = Canvas.pixels(result);
    int[] soft = Canvas.pixels(blurred);
    double strength = amount / 4;
    for (int i = 0; i < sharp.length; i++) {
      int pixel = sharp[i];
      int other = soft[i];
      sharp[i] =
          (pixel & 0xFF000000)
              | sharper(pixel >> 16 & 0xFF, other >> 16 & 0xFF, strength) << 16
              | sharper(pixel >> 8 & 0xFF, other >> 8 & 0xFF, strength) << 8
              | sharper(pixel & 0xFF, other & 0xFF, strength);
    }
    return result;
  }

  private static int sharper(int value, int soft, double strength) {
    return (int) Math.max(0, Math.min(255, value + (value - soft) * strength));
  }

  /** Squares of so many pixels a side, each of its mean colour. */
  static BufferedImage pixelated(BufferedImage image, int amount) {
    BufferedImage result = Canvas.copy(image);
    int[] pixels = Canvas.pixels(result);
    int width = result.getWidth();
    int height = result.getHeight();
    for (int top = 0; top < height; top += amount) {
      for (int left = 0; left < width; left += amount) {
        int right = Math.min(width, left + amount);
        int bottom = Math.min(height, top + amount);
        int mean = mean(pixels, width, left, top, right, bottom);
        for (int y = top; y < bottom; y++) {
          Arrays.fill(pixels, y * width + left, y * width + right, mean);
        }
      }
    }
    return result;
  }

  private static int mean(int[] pixels, int width, int left, int top, int right, int bottom) {
    long a = 0;
    long r = 0;
    long g = 0;
    long b = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int pixel = pixels[y * width + x];
        a += pixel >>> 24;
        r += pixel >> 16 & 0xFF;
        g += pixel >> 8 & 0xFF;
        b += pixel & 0xFF;
      }
    }
    long n = (long) (right - left) * (bottom - top);
    return (int) (a / n << 24 | r / n << 16 | g / n << 8 | b / n);
  }

  /** Each pixel gets the commonest tone around it (Kuwahara's idea with 16 tones). */
  static BufferedImage oilPaint(BufferedImage image, int amount, Workbench bench)
      throws ProcessException {
    int radius = Math.min(amount, 20);
    BufferedImage result = Canvas.copy(image);
    int[] from = Canvas.pixels(Canvas.copy(image));
    int[] to = Canvas.pixels(result);
    int width = result.getWidth();
    int height = result.getHeight();
    for (int y = 0; y < height; y++) {
      bench.checkTime();
      Tones tones = new Tones();
      for (int x = -radius; x < width; x++) {
        column(tones, from, width, height, x + radius, y, radius, 1);
        column(tones, from, width, height, x - radius - 1, y, radius, -1);
        if (x >= 0) {
          to[y * width + x] = (from[y * width + x] & 0xFF000000) | tones.commonest();
        }
      }
    }
    return result;
  }

  private static void column(
      Tones tones, int[] pixels, int width, int height, int x, int y, int radius, int sign) {
    if (x < 0 || x >= width) {
      return;
    }
    int bottom = Math.min(height - 1, y + radius);
    for (int row = Math.max(0, y - radius); row <= bottom; row++) {
      tones.add(pixels[row * width + x], sign);
    }
  }

  /** How often each tone occurs, with the sums of its colours. */
  private static final class Tones {
    private final int[] counts = new int[16];
    private final int[] red = new int[16];
    private final int[] green = new int[16];
    private final int[] blue = new int[16];

    void add(int pixel, int sign) {
      int tone = Coloring.luma(pixel) >> 4;
      counts[tone] += sign;
      red[tone] += sign * (pixel >> 16 & 0xFF);
      green[tone] += sign * (pixel >> 8 & 0xFF);
      blue[tone] += sign * (pixel & 0xFF);
    }

    int commonest() {
      int best = 0;
      for (int i = 1; i < 16; i++) {
        best = counts[i] > counts[best] ? i : best;
      }
      int n = Math.max(1, counts[best]);
      return red[best] / n << 16 | green[best] / n << 8 | blue[best] / n;
    }
  }

  /** The windows of {@code objects}. */
  static List<Rectangle> objects(Task task) {
    List<Rectangle> windows = new ArrayList<>();
    for (Value value : task.items("objects")) {
      int[] n =
          ((Value.Items) value)
              .items().stream()
                  .mapToInt(item -> Integer.parseInt(item.toString().strip()))
                  .toArray();
      windows.add(new Rectangle(n[0], n[1], n[2], n[3]));
    }
    return windows;
  }

  /**
   * The image with some places taken from a changed copy of it.
   *
   * @param oval whether the places are ellipses in their windows
   */
  static BufferedImage partly(
      BufferedImage image, BufferedImage changed, List<Rectangle> places, boolean oval) {
    BufferedImage result = Canvas.copy(image);
    Canvas.draw(
        result,
        g -> {
          for (Rectangle place : places) {
            Shape shape =
                oval ? new Ellipse2D.Double(place.x, place.y, place.width, place.height) : place;
            g.setClip(shape);
            g.drawImage(changed, 0, 0, null);
          }
        });
    return result;
  }
}
