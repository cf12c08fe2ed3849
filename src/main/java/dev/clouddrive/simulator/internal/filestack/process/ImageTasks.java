package dev.clouddrive.simulator.internal.filestack.process;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;
import org.jspecify.annotations.Nullable;

/** Computes a chain of image tasks (filestack-files.md 5.4). */
final class ImageTasks {
  private static final int LARGEST_SIDE = 10_000;

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
          quality = task.number("quality", 1, 100).orElse(quality);
          background = color(task, "background", background);
        }
        default -> throw new IllegalStateException(task.name());
      }
    }
    String mimetype = format.equals("jpg") ? "image/jpeg" : "image/png";
    return new Result(picture.encode(format, quality, background), mimetype);
  }

  private static String format(Task task, String sourceFormat) throws ProcessException {
    String asked = task.argument("format").orElse(sourceFormat).toLowerCase(Locale.ROOT);
    return switch (asked) {
      case "jpg", "jpeg", "pjpg" -> "jpg";
      case "png" -> "png";
      default -> throw ProcessException.invalidParameter("format", task.name());
    };
  }

  /** Checks what can be told without the picture. */
  static void check(List<Task> tasks) throws ProcessException {
    for (Task task : tasks) {
      switch (task.type()) {
        case RESIZE -> {
          boolean width = task.number("width", 0, LARGEST_SIDE).isPresent();
          boolean height = task.number("height", 0, LARGEST_SIDE).isPresent();
          if (!width && !height) {
            throw ProcessException.invalidParameter("width", task.name());
          }
          fit(task);
          position(task);
        }
        case CROP -> window(task);
        case ROTATE -> {
          degrees(task);
          color(task, "background", Color.WHITE);
        }
        case OUTPUT -> {
          format(task, "jpg");
          task.number("quality", 1, 100);
          color(task, "background", Color.WHITE);
        }
        default -> throw new IllegalStateException(task.name());
      }
    }
  }

  private static String fit(Task task) throws ProcessException {
    return task.choice("fit", "clip", "clip", "crop", "scale", "max");
  }

  private Picture resize(Picture picture, Task task) throws IOException {
    int width = task.number("width", 0, LARGEST_SIDE).orElse(0);
    int height = task.number("height", 0, LARGEST_SIDE).orElse(0);
    double ratio = (double) picture.width() / picture.height();
    if (width == 0 && height == 0) {
      return picture;
    }
    int w = width == 0 ? rounded(height * ratio) : width;
    int h = height == 0 ? rounded(width / ratio) : height;
    memory.requireFits(w, h);
    return switch (fit(task)) {
      case "scale" -> scaled(picture, w, h);
      case "crop" -> cropped(picture, w, h, position(task));
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
  private static Picture cropped(Picture picture, int w, int h, Positions position)
      throws IOException {
    return picture.with(Thumbnails.of(picture.image()).crop(position).size(w, h).asBufferedImage());
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

  private static Positions position(Task task) throws ProcessException {
    String align = task.argument("align").orElse("center").replaceAll("[\\[\\] ]", "");
    return switch (align) {
      case "top" -> Positions.TOP_CENTER;
      case "bottom" -> Positions.BOTTOM_CENTER;
      case "left", "middle,left" -> Positions.CENTER_LEFT;
      case "right", "middle,right" -> Positions.CENTER_RIGHT;
      case "center", "middle", "middle,center" -> Positions.CENTER;
      case "top,left" -> Positions.TOP_LEFT;
      case "top,center" -> Positions.TOP_CENTER;
      case "top,right" -> Positions.TOP_RIGHT;
      case "bottom,left" -> Positions.BOTTOM_LEFT;
      case "bottom,center" -> Positions.BOTTOM_CENTER;
      case "bottom,right" -> Positions.BOTTOM_RIGHT;
      default -> throw ProcessException.invalidParameter("align", task.name());
    };
  }

  private record Window(int x, int y, int width, int height) {}

  private static Window window(Task task) throws ProcessException {
    String[] parts = task.argument("dim").orElse("").replaceAll("[\\[\\] ]", "").split(",");
    if (parts.length == 4) {
      try {
        Window window =
            new Window(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
        if (inRange(window.x(), 0)
            && inRange(window.y(), 0)
            && inRange(window.width(), 1)
            && inRange(window.height(), 1)) {
          return window;
        }
      } catch (NumberFormatException e) {
        // Said below, with what isn't four numbers.
      }
    }
    throw ProcessException.invalidParameter("dim", task.name());
  }

  private static boolean inRange(int value, int least) {
    return value >= least && value <= 100_000;
  }

  private static Picture crop(Picture picture, Task task) throws ProcessException {
    Window window = window(task);
    int width = Math.min(window.width(), picture.width() - window.x());
    int height = Math.min(window.height(), picture.height() - window.y());
    if (width <= 0 || height <= 0) {
      throw new ProcessException(
          400, "conv20 provider error: the crop area lies outside of the image (idx 0)");
    }
    BufferedImage view = picture.image().getSubimage(window.x(), window.y(), width, height);
    BufferedImage copy = canvas(picture, width, height);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(view, 0, 0, null);
    graphics.dispose();
    return picture.with(copy);
  }

  /** Degrees clockwise; empty for {@code exif}. */
  private static Optional<Integer> degrees(Task task) throws ProcessException {
    if (task.argument("deg").orElse("exif").equals("exif")) {
      if (task.argument("deg").isEmpty() && task.argument("exif").isEmpty()) {
        throw ProcessException.invalidParameter("deg", task.name());
      }
      return Optional.empty();
    }
    return task.number("deg", 0, 359);
  }

  private Picture rotate(Picture picture, Task task) throws ProcessException {
    Optional<Integer> degrees = degrees(task);
    if (degrees.isEmpty()) {
      return picture.upright();
    }
    Color background =
        color(task, "background", picture.format().equals("png") ? null : Color.WHITE);
    return picture.with(rotated(picture, degrees.get(), background));
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

  /** 3 or 6 hex digits, or one of the basic names. */
  private static <T extends @Nullable Color> Color color(Task task, String name, T otherwise)
      throws ProcessException {
    Optional<String> text = task.argument(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    String value = text.get().toLowerCase(Locale.ROOT);
    if (value.matches("[0-9a-f]{3}")) {
      value = value.replaceAll("(.)", "$1$1");
    }
    if (value.matches("[0-9a-f]{6}")) {
      return new Color(Integer.parseInt(value, 16));
    }
    return switch (value) {
      case "white" -> Color.WHITE;
      case "black" -> Color.BLACK;
      case "red" -> Color.RED;
      case "green" -> new Color(0x008000);
      case "blue" -> Color.BLUE;
      case "yellow" -> Color.YELLOW;
      case "gray" -> Color.GRAY;
      default -> throw ProcessException.invalidParameter(name, task.name());
    };
  }
}
