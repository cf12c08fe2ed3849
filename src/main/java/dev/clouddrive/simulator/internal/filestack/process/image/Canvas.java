package dev.clouddrive.simulator.internal.filestack.process.image;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.function.Consumer;

/** Images in two kinds of pixels only: sRGB with and without alpha, an int each. */
final class Canvas {
  private Canvas() {}

  static BufferedImage create(int width, int height, boolean alpha) {
    return new BufferedImage(
        Math.max(1, width),
        Math.max(1, height),
        alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
  }

  /** Filled with a colour; with alpha unless that is opaque. */
  static BufferedImage filled(int width, int height, Color color) {
    BufferedImage image = create(width, height, color.getAlpha() < 255);
    draw(
        image,
        g -> {
          g.setComposite(AlphaComposite.Src);
          g.setColor(color);
          g.fillRect(0, 0, image.getWidth(), image.getHeight());
        });
    return image;
  }

  static boolean hasAlpha(BufferedImage image) {
    return image.getColorModel().hasAlpha();
  }

  /** The image in one of the two kinds; itself where it is so already. */
  static BufferedImage normal(BufferedImage image) {
    int type = image.getType();
    if (type == BufferedImage.TYPE_INT_RGB || type == BufferedImage.TYPE_INT_ARGB) {
      return image;
    }
    boolean gray =
        image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(image.getColorModel() instanceof IndexColorModel);
    return gray ? ofGray(image) : copy(image, hasAlpha(image));
  }

  /** The platform would take grey for linear light, which files don't mean. */
  private static BufferedImage ofGray(BufferedImage image) {
    boolean alpha = hasAlpha(image);
    BufferedImage result = create(image.getWidth(), image.getHeight(), alpha);
    int[] pixels = pixels(result);
    Raster raster = image.getRaster();
    int bits = raster.getSampleModel().getSampleSize(0);
    int most = (1 << bits) - 1;
    int width = image.getWidth();
    int[] row = new int[width * raster.getNumBands()];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * raster.getNumBands();
        int level = row[at] * 255 / most;
        int opacity = alpha ? row[at + 1] * 255 / most : 255;
        pixels[y * width + x] = opacity << 24 | level * 0x010101;
      }
    }
    return result;
  }

  static BufferedImage copy(BufferedImage image, boolean alpha) {
    BufferedImage copy = create(image.getWidth(), image.getHeight(), alpha);
    draw(
        copy,
        g -> {
          g.setComposite(AlphaComposite.Src);
          g.drawImage(image, 0, 0, null);
        });
    return copy;
  }

  /** A copy whose colours are weighted with their opacity. */
  static BufferedImage weighted(BufferedImage image) {
    if (!hasAlpha(image)) {
      return copy(image, false);
    }
    BufferedImage weighted =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB_PRE);
    draw(weighted, g -> g.drawImage(image, 0, 0, null));
    return weighted;
  }

  static BufferedImage copy(BufferedImage image) {
    return copy(image, hasAlpha(image));
  }

  /** With every transparent pixel on a background. */
  static BufferedImage opaque(BufferedImage image, Color background) {
    if (!hasAlpha(image)) {
      return normal(image);
    }
    BufferedImage opaque = create(image.getWidth(), image.getHeight(), false);
    draw(
        opaque,
        g -> {
          g.setColor(new Color(background.getRGB()));
          g.fillRect(0, 0, opaque.getWidth(), opaque.getHeight());
          g.drawImage(image, 0, 0, null);
        });
    return opaque;
  }

  /** Draws with everything set for quality. */
  static void draw(BufferedImage image, Consumer<Graphics2D> drawing) {
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      drawing.accept(graphics);
    } finally {
      graphics.dispose();
    }
  }

  /** Whether no pixel can be seen. */
  static boolean isInvisible(BufferedImage image) {
    if (!hasAlpha(image)) {
      return false;
    }
    for (int pixel : pixels(image)) {
      if (pixel >>> 24 >= 128) {
        return false;
      }
    }
    return true;
  }

  /** The pixels themselves, of an image of one of the two kinds. */
  static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }
}
