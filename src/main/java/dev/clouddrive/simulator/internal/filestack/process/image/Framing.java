package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.Colors;
import dev.clouddrive.simulator.internal.filestack.process.Position;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/** Tasks that put something around a picture or cut its outline. */
final class Framing {
  private final ImageMemory.Lease memory;
  private final Geometry geometry;

  Framing(ImageMemory.Lease memory, Geometry geometry) {
    this.memory = memory;
    this.geometry = geometry;
  }

  BufferedImage border(BufferedImage image, Task task) throws ProcessException {
    int width = task.whole("width", 2);
    Color color = task.color("color", Color.BLACK);
    Color background = task.color("background", Colors.TRANSPARENT);
    BufferedImage backed = background.getAlpha() == 0 ? image : behind(image, background);
    return onto(backed, width, width, width, width, color);
  }

  private BufferedImage onto(
      BufferedImage image, int left, int top, int right, int bottom, Color color)
      throws ProcessException {
    memory.take(image.getWidth() + left + right, image.getHeight() + top + bottom);
    boolean alpha = Canvas.hasAlpha(image) || color.getAlpha() < 255;
    BufferedImage framed =
        Canvas.create(image.getWidth() + left + right, image.getHeight() + top + bottom, alpha);
    Canvas.draw(
        framed,
        g -> {
          g.setComposite(AlphaComposite.Src);
          g.setColor(color);
          g.fillRect(0, 0, framed.getWidth(), framed.getHeight());
          g.drawImage(image, left, top, null);
        });
    return framed;
  }

  /**
   * What lies outside of the shape is gone, or of the background's colour.
   *
   * @param blur how soft the outline is, a standard deviation in pixels
   */
  private static BufferedImage cut(
      BufferedImage image, Shape shape, double blur, Color background) {
    BufferedImage outline = Canvas.create(image.getWidth(), image.getHeight(), true);
    Canvas.draw(
        outline,
        g -> {
          g.setColor(Color.WHITE);
          g.fill(shape);
        });
    BufferedImage mask = Blurring.blurred(outline, blur);
    Canvas.draw(
        mask,
        g -> {
          g.setComposite(AlphaComposite.SrcIn);
          g.drawImage(image, 0, 0, null);
        });
    return background.getAlpha() == 0 ? mask : behind(mask, background);
  }

  private static BufferedImage behind(BufferedImage image, Color background) {
    BufferedImage result = Canvas.filled(image.getWidth(), image.getHeight(), background);
    Canvas.draw(result, g -> g.drawImage(image, 0, 0, null));
    return result;
  }

  BufferedImage roundedCorners(BufferedImage image, Task task) {
    int smaller = Math.min(image.getWidth(), image.getHeight());
    String radius = task.text("radius", "10");
    double diameter =
        radius.equals("max") ? smaller : Math.min(smaller, 2.0 * Integer.parseInt(radius));
    return cut(
        image,
        new RoundRectangle2D.Double(0, 0, image.getWidth(), image.getHeight(), diameter, diameter),
        task.number("blur", 0.3),
        task.color("background", Colors.TRANSPARENT));
  }

  /** The circle in the middle; the picture becomes a square. */
  BufferedImage circle(BufferedImage image, Task task) throws ProcessException {
    int side = Math.min(image.getWidth(), image.getHeight());
    BufferedImage square =
        Geometry.window(
            image, (image.getWidth() - side) / 2, (image.getHeight() - side) / 2, side, side);
    return cut(
        square,
        new Ellipse2D.Double(0, 0, side, side),
        0,
        task.color("background", Colors.TRANSPARENT));
  }

  /** Darker, or of the background's colour, the farther from the middle. */
  BufferedImage vignette(BufferedImage image, Task task) {
    double amount = task.whole("amount", 20) / 100.0;
    boolean linear = task.text("blurmode", "gaussian").equals("linear");
    Color color = task.color("background", Color.BLACK);
    int edge = color.getAlpha() == 0 ? 0 : color.getRGB();
    BufferedImage result = Canvas.copy(image);
    int[] pixels = Canvas.pixels(result);
    int width = result.getWidth();
    int height = result.getHeight();
    for (int y = 0; y < height; y++) {
      double dy = (y + 0.5) / height * 2 - 1;
      for (int x = 0; x < width; x++) {
        double dx = (x + 0.5) / width * 2 - 1;
        double distance = Math.min(1, Math.hypot(dx, dy) / Math.sqrt(2));
        double share = amount * 2 * (linear ? distance : distance * distance);
        pixels[y * width + x] = mixed(pixels[y * width + x], edge, Math.min(1, share));
      }
    }
    return result;
  }

  private static int mixed(int pixel, int other, double share) {
    int r = (int) ((pixel >> 16 & 0xFF) * (1 - share) + (other >> 16 & 0xFF) * share);
    int g = (int) ((pixel >> 8 & 0xFF) * (1 - share) + (other >> 8 & 0xFF) * share);
    int b = (int) ((pixel & 0xFF) * (1 - share) + (other & 0xFF) * share);
    return (pixel & 0xFF000000) | r << 16 | g << 8 | b;
  }

  /** On paper with a broad lower margin, turned a little. */
  BufferedImage polaroid(BufferedImage image, Task task) throws ProcessException {
    int margin = Math.max(4, Math.min(image.getWidth(), image.getHeight()) / 16);
    BufferedImage paper =
        onto(
            image,
            margin,
            margin,
            margin,
            margin * 4,
            task.color("color", new Color(0xFF, 0xFA, 0xFA)));
    int degrees = task.whole("rotate", 0);
    Color background = task.color("background", Colors.TRANSPARENT);
    return degrees == 0
        ? background.getAlpha() == 0 ? paper : behind(paper, background)
        : geometry.rotate(paper, degrees, background);
  }

  /** The outline jumps between the two depths of {@code spread}, the same for the same picture. */
  BufferedImage tornEdges(BufferedImage image, Task task) {
    int[] spread = task.has("spread") ? task.wholes("spread") : new int[] {1, 10};
    int least = Math.min(spread[0], spread[1]);
    int most = Math.max(spread[0], spread[1]);
    int width = image.getWidth();
    int height = image.getHeight();
    int limit = Math.max(1, Math.min(width, height) / 4);
    Path2D outline = new Path2D.Double();
    Jagged jagged = new Jagged(Math.min(least, limit), Math.min(most, limit));
    outline.moveTo(jagged.next(), jagged.next());
    for (int x = 4; x < width; x += 4) {
      outline.lineTo(x, jagged.next());
    }
    for (int y = 4; y < height; y += 4) {
      outline.lineTo(width - jagged.next(), y);
    }
    for (int x = width - 4; x > 0; x -= 4) {
      outline.lineTo(x, height - jagged.next());
    }
    for (int y = height - 4; y > 0; y -= 4) {
      outline.lineTo(jagged.next(), y);
    }
    outline.closePath();
    return cut(image, outline, 0, task.color("background", Colors.TRANSPARENT));
  }

  /** A fixed sequence of depths: two runs tear alike. */
  private static final class Jagged {
    private final int least;
    private final int most;
    private int state = 12_345;

    Jagged(int least, int most) {
      this.least = least;
      this.most = most;
    }

    double next() {
      state = state * 1_103_515_245 + 12_345;
      return least + (state >>> 16 & 0x7FFF) / 32_768.0 * (most - least);
    }
  }

  /** A blurred copy of the outline behind the picture, moved by the vector. */
  BufferedImage shadow(BufferedImage image, Task task) throws ProcessException {
    int[] vector = task.has("vector") ? task.wholes("vector") : new int[] {4, 4};
    double blur = task.number("blur", 4);
    int spread = (int) Math.ceil(blur * 2);
    int left = Math.max(0, spread - vector[0]);
    int top = Math.max(0, spread - vector[1]);
    int right = Math.max(0, spread + vector[0]);
    int bottom = Math.max(0, spread + vector[1]);
    memory.take(image.getWidth() + left + right, image.getHeight() + top + bottom);
    BufferedImage shade =
        Canvas.create(image.getWidth() + left + right, image.getHeight() + top + bottom, true);
    Color color = task.color("color", Color.BLACK);
    float opacity = task.whole("opacity", 60) / 100f;
    Canvas.draw(
        shade,
        g -> {
          g.drawImage(image, left + vector[0], top + vector[1], null);
          g.setComposite(AlphaComposite.SrcIn);
          g.setColor(
              new Color(
                  color.getRed(), color.getGreen(), color.getBlue(), Math.round(255 * opacity)));
          g.fillRect(0, 0, shade.getWidth(), shade.getHeight());
        });
    BufferedImage result = Blurring.blurred(shade, blur);
    Canvas.draw(result, g -> g.drawImage(image, left, top, null));
    Color background = task.color("background", Colors.TRANSPARENT);
    return background.getAlpha() == 0 ? result : behind(result, background);
  }

  /** Words on the picture, in its middle unless they are placed elsewhere. */
  BufferedImage text(BufferedImage image, Task task) {
    int padding = task.whole("padding", 10);
    int size = task.whole("size", 12);
    String[] lines = task.text("text", "").split("\\R");
    Position position = task.position("align");
    BufferedImage result = Canvas.copy(image);
    Canvas.draw(
        result,
        g -> {
          // A font that isn't there is replaced by the platform's own.
          g.setFont(new Font(task.text("font", Font.SANS_SERIF), Font.PLAIN, size));
          g.setColor(task.color("color", Color.BLACK));
          FontMetrics metrics = g.getFontMetrics();
          int height = metrics.getHeight() * lines.length;
          int top = padding + position.offsetY(result.getHeight() - 2 * padding, height);
          for (int i = 0; i < lines.length; i++) {
            int width = metrics.stringWidth(lines[i]);
            int left = padding + position.offsetX(result.getWidth() - 2 * padding, width);
            g.drawString(lines[i], left, top + metrics.getAscent() + i * metrics.getHeight());
          }
        });
    return result;
  }
}
