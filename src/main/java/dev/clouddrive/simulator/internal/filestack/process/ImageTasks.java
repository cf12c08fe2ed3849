package dev.clouddrive.simulator.internal.filestack.process;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import net.coobird.thumbnailator.Thumbnails;
import org.jspecify.annotations.Nullable;

/** Computes a chain of image tasks (filestack-files.md 5.4). */
final class ImageTasks {
  private final ImageMemory memory;

  ImageTasks(ImageMemory memory) {
    this.memory = memory;
  }

  /** A result and its media type. */
  record Result(byte[] content, String mimetype) {}

  /** Runs the chain; the result has the source's format unless {@code output} says another. */
  Result run(Picture source, List<Task> tasks) throws IOException {
    Picture picture = source;
    String format = source.format();
    Integer quality = null;
    Color background = Color.WHITE;
    for (Task task : tasks) {
      switch (task.type()) {
        case RESIZE -> picture = resize(picture, task);
        case CROP -> picture = crop(picture, task);
        case ROTATE -> picture = rotate(picture, task);
        case OUTPUT -> {
          format = format(task, format);
          quality =
              task.text("quality")
                  .filter(q -> !q.equals("input"))
                  .map(Integer::valueOf)
                  .orElse(quality);
          background = task.color("background", background);
        }
        default -> throw new ProcessException(400, "the task " + task.name() + " is not supported");
      }
    }
    String mimetype = format.equals("jpg") ? "image/jpeg" : "image/png";
    return new Result(picture.encode(format, quality, background), mimetype);
  }

  private static String format(Task task, String sourceFormat) throws ProcessException {
    String asked = task.text("format", sourceFormat).toLowerCase(Locale.ROOT);
    return switch (asked) {
      case "jpg", "jpeg", "pjpg" -> "jpg";
      case "png" -> "png";
      default -> throw ProcessException.invalidParameter("format", task.name());
    };
  }

  private Picture resize(Picture picture, Task task) throws IOException {
    int width = task.whole("width", 0);
    int height = task.whole("height", 0);
    double ratio = (double) picture.width() / picture.height();
    if (width == 0 && height == 0) {
      return picture;
    }
    int w = width == 0 ? rounded(height * ratio) : width;
    int h = height == 0 ? rounded(width / ratio) : height;
    memory.requireFits(w, h);
    return switch (task.text("fit", "clip").toLowerCase(Locale.ROOT)) {
      case "scale" -> scaled(picture, w, h);
      case "crop" -> cropped(picture, w, h, task.position("align"));
      case "max" ->
          picture.width() <= w && picture.height() <= h ? picture : clipped(picture, w, h, ratio);
      default -> clipped(picture, w, h, ratio);
    };
  }

  /** As large as fits into the box, with its proportions. */
  private static Picture clipped(Picture picture, int w, int h, double ratio) throws IOException {
    return ratio > (double) w / h
        ? scaled(picture, w, rounded(w / ratio))
        : scaled(picture, rounded(h * ratio), h);
  }

  /** Fills the box; what sticks out is cut off. */
  private static Picture cropped(Picture picture, int w, int h, Position position)
      throws IOException {
    net.coobird.thumbnailator.geometry.Position place =
        (outerW, outerH, innerW, innerH, left, right, top, bottom) ->
            new Point(position.offsetX(outerW, innerW), position.offsetY(outerH, innerH));
    return picture.with(Thumbnails.of(picture.image()).crop(place).size(w, h).asBufferedImage());
  }

  private static Picture scaled(Picture picture, int w, int h) throws IOException {
    if (w == picture.width() && h == picture.height()) {
      return picture;
    }
    return picture.with(Thumbnails.of(picture.image()).forceSize(w, h).asBufferedImage());
  }

  private static int rounded(double length) {
    return Math.max(1, (int) Math.round(length));
  }

  private static Picture crop(Picture picture, Task task) throws ProcessException {
    int[] window = task.wholes("dim");
    int width = Math.min(window[2], picture.width() - window[0]);
    int height = Math.min(window[3], picture.height() - window[1]);
    if (width <= 0 || height <= 0) {
      throw new ProcessException(
          400, "conv20 provider error: the crop area lies outside of the image (idx 0)");
    }
    BufferedImage view = picture.image().getSubimage(window[0], window[1], width, height);
    BufferedImage copy = canvas(picture, width, height);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(view, 0, 0, null);
    graphics.dispose();
    return picture.with(copy);
  }

  private Picture rotate(Picture picture, Task task) throws ProcessException {
    String degrees = task.text("deg", "exif");
    if (degrees.equals("exif")) {
      return picture.upright();
    }
    Color background =
        task.has("background") || !picture.format().equals("png")
            ? task.color("background", Color.WHITE)
            : null;
    return picture.with(rotated(picture, Integer.parseInt(degrees.strip()), background));
  }

  private BufferedImage rotated(Picture picture, int degrees, @Nullable Color background)
      throws ProcessException {
    int w = picture.width();
    int h = picture.height();
    double angle = Math.toRadians(degrees);
    boolean quarter = degrees % 90 == 0;
    int width = quarter ? (degrees % 180 == 0 ? w : h) : extent(w, h, angle);
    int height = quarter ? (degrees % 180 == 0 ? h : w) : extent(h, w, angle);
    memory.requireFits(width, height);
    BufferedImage turned =
        quarter
            ? canvas(picture, width, height)
            : new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = turned.createGraphics();
    if (!quarter) {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      if (background != null) {
        graphics.setColor(background);
        graphics.fillRect(0, 0, width, height);
      }
    }
    AffineTransform turn = new AffineTransform();
    turn.translate(width / 2.0, height / 2.0);
    if (quarter) {
      turn.quadrantRotate(degrees / 90);
    } else {
      turn.rotate(angle);
    }
    turn.translate(-w / 2.0, -h / 2.0);
    graphics.drawImage(picture.image(), turn, null);
    graphics.dispose();
    return turned;
  }

  private static int extent(int along, int across, double angle) {
    return rounded(Math.abs(along * Math.cos(angle)) + Math.abs(across * Math.sin(angle)));
  }

  private static BufferedImage canvas(Picture picture, int width, int height) {
    return new BufferedImage(
        width,
        height,
        picture.image().getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB
            : BufferedImage.TYPE_INT_RGB);
  }
}
