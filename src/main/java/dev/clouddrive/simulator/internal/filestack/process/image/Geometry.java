package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.Position;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import net.coobird.thumbnailator.makers.FixedSizeThumbnailMaker;
import net.coobird.thumbnailator.resizers.DefaultResizerFactory;

/** Tasks that change size and place: resize, crop, rotate, flip, flop, upscale. */
final class Geometry {
  private final ImageMemory.Lease memory;

  Geometry(ImageMemory.Lease memory) {
    this.memory = memory;
  }

  BufferedImage resize(BufferedImage image, Task task) throws IOException {
    int width = task.whole("width", 0);
    int height = task.whole("height", 0);
    if (width == 0 && height == 0) {
      return image;
    }
    double ratio = (double) image.getWidth() / image.getHeight();
    int w = width == 0 ? rounded(height * ratio) : width;
    int h = height == 0 ? rounded(width / ratio) : height;
    return fitted(
        image, w, h, task.text("fit", "clip").toLowerCase(Locale.ROOT), task.position("align"));
  }

  /** The ways of {@code fit}: clip and max keep the proportions, crop fills, scale distorts. */
  BufferedImage fitted(BufferedImage image, int w, int h, String fit, Position align)
      throws IOException {
    double ratio = (double) image.getWidth() / image.getHeight();
    return switch (fit) {
      case "scale" -> scaled(image, w, h);
      case "crop" -> filling(image, w, h, align);
      case "max" ->
          image.getWidth() <= w && image.getHeight() <= h ? image : clipped(image, w, h, ratio);
      default -> clipped(image, w, h, ratio);
    };
  }

  /** As large as fits into the box. */
  private BufferedImage clipped(BufferedImage image, int w, int h, double ratio)
      throws IOException {
    return ratio > (double) w / h
        ? scaled(image, w, rounded(w / ratio))
        : scaled(image, rounded(h * ratio), h);
  }

  /** Fills the box; what sticks out is cut off. */
  BufferedImage filling(BufferedImage image, int w, int h, Position align) throws IOException {
    double scale = Math.max((double) w / image.getWidth(), (double) h / image.getHeight());
    int width = Math.max(w, rounded(image.getWidth() * scale));
    int height = Math.max(h, rounded(image.getHeight() * scale));
    BufferedImage scaled = scaled(image, width, height);
    return window(scaled, align.offsetX(width, w), align.offsetY(height, h), w, h);
  }

  BufferedImage scaled(BufferedImage image, int w, int h) throws IOException {
    memory.take(w, h);
    if (w == image.getWidth() && h == image.getHeight()) {
      return image;
    }
    FixedSizeThumbnailMaker maker = new FixedSizeThumbnailMaker(w, h, false, false);
    BufferedImage scaled =
        maker
            .resizerFactory(DefaultResizerFactory.getInstance())
            .imageType(image.getType())
            .make(image);
    return Canvas.normal(scaled);
  }

  static int rounded(double length) {
    return Math.max(1, (int) Math.round(length));
  }

  BufferedImage crop(BufferedImage image, Task task) throws ProcessException {
    int[] dim = task.wholes("dim");
    return window(image, dim[0], dim[1], dim[2], dim[3]);
  }

  /** A part of the image, as far as it lies in it. */
  static BufferedImage window(BufferedImage image, int x, int y, int width, int height)
      throws ProcessException {
    int left = Math.max(0, x);
    int top = Math.max(0, y);
    int w = Math.min(x + width, image.getWidth()) - left;
    int h = Math.min(y + height, image.getHeight()) - top;
    if (w <= 0 || h <= 0) {
      throw ProcessException.provider("the crop area lies outside of the image");
    }
    return Canvas.copy(image.getSubimage(left, top, w, h));
  }

  BufferedImage flip(BufferedImage image) {
    return mirrored(image, 1, -1);
  }

  BufferedImage flop(BufferedImage image) {
    return mirrored(image, -1, 1);
  }

  private static BufferedImage mirrored(BufferedImage image, int x, int y) {
    BufferedImage mirrored =
        Canvas.create(image.getWidth(), image.getHeight(), Canvas.hasAlpha(image));
    int width = image.getWidth();
    int height = image.getHeight();
    Canvas.draw(
        mirrored,
        g ->
            g.drawImage(image, x < 0 ? width : 0, y < 0 ? height : 0, x * width, y * height, null));
    return mirrored;
  }

  /**
   * Turns clockwise; between the quarters the corners show the background.
   *
   * @param background transparent for pictures whose format knows that
   */
  BufferedImage rotate(BufferedImage image, int degrees, Color background) throws ProcessException {
    int w = image.getWidth();
    int h = image.getHeight();
    double angle = Math.toRadians(degrees);
    boolean quarter = degrees % 90 == 0;
    boolean upright = degrees % 180 == 0;
    int width = quarter ? (upright ? w : h) : extent(w, h, angle);
    int height = quarter ? (upright ? h : w) : extent(h, w, angle);
    memory.take(width, height);
    BufferedImage turned =
        quarter
            ? Canvas.create(width, height, Canvas.hasAlpha(image))
            : Canvas.filled(width, height, background);
    AffineTransform turn = new AffineTransform();
    turn.translate(width / 2.0, height / 2.0);
    if (quarter) {
      turn.quadrantRotate(degrees / 90);
    } else {
      turn.rotate(angle);
    }
    turn.translate(-w / 2.0, -h / 2.0);
    Canvas.draw(turned, (Graphics2D g) -> g.drawImage(image, turn, null));
    return turned;
  }

  private static int extent(int along, int across, double angle) {
    return rounded(Math.abs(along * Math.cos(angle)) + Math.abs(across * Math.sin(angle)));
  }

  /** Twice as large (filestack-files.md 5.4 leaves the factor open). */
  BufferedImage upscale(BufferedImage image, Task task) throws IOException {
    return task.flag("upscale", true)
        ? scaled(image, image.getWidth() * 2, image.getHeight() * 2)
        : image;
  }
}
