package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.Position;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.Value;
import dev.clouddrive.simulator.internal.world.Insight;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks about faces. Where these are, the world says: {@code "faces": [[x, y, width, height], …]}
 * of its insights; a picture that it says nothing of has none.
 */
final class Faces {
  private Faces() {}

  static List<Rectangle> all(Insight insight) {
    List<Rectangle> faces = new ArrayList<>();
    if (insight.of("faces") instanceof List<?> list) {
      for (Object face : list) {
        if (face instanceof List<?> n
            && n.size() == 4
            && n.stream().allMatch(Number.class::isInstance)) {
          faces.add(new Rectangle(number(n, 0), number(n, 1), number(n, 2), number(n, 3)));
        }
      }
    }
    return faces;
  }

  private static int number(List<?> list, int index) {
    return ((Number) list.get(index)).intValue();
  }

  /**
   * Those that a task means, with its buffer around each.
   *
   * @param otherwise what {@code faces} is where the task doesn't say
   */
  static List<Rectangle> chosen(Task task, Insight insight, String otherwise) {
    List<Rectangle> all = all(insight);
    List<Rectangle> chosen = new ArrayList<>();
    String which = task.text("faces", otherwise);
    int buffer = task.whole("buffer", 0);
    for (int i = 0; i < all.size(); i++) {
      String number = Integer.toString(i + 1);
      boolean wanted =
          which.equals("all")
              || which.equals(number)
              || task.items("faces").stream().map(Value::toString).anyMatch(number::equals);
      if (wanted) {
        Rectangle face = new Rectangle(all.get(i));
        face.grow(buffer, buffer);
        chosen.add(face);
      }
    }
    return chosen;
  }

  /** Frames around the faces. */
  static BufferedImage marked(BufferedImage image, Task task, Insight insight) {
    BufferedImage result = Canvas.copy(image);
    Canvas.draw(
        result,
        g -> {
          g.setColor(task.color("color", Color.WHITE));
          g.setStroke(new BasicStroke(2));
          all(insight).forEach(g::draw);
        });
    return result;
  }

  /** The part with the chosen faces, in the size that is asked for. */
  static BufferedImage cropped(BufferedImage image, Task task, Insight insight, Geometry geometry)
      throws IOException {
    List<Rectangle> faces = chosen(task, insight, "1");
    if (faces.isEmpty()) {
      throw ProcessException.provider("no faces were found");
    }
    Rectangle all = new Rectangle(faces.get(0));
    faces.forEach(all::add);
    BufferedImage part = Geometry.window(image, all.x, all.y, all.width, all.height);
    if (!task.has("width") && !task.has("height")) {
      return part;
    }
    int width = task.whole("width", part.getWidth());
    int height = task.whole("height", part.getHeight());
    String fit = task.text("mode", "thumb").equals("thumb") ? "clip" : "crop";
    return geometry.fitted(part, width, height, fit, Position.CENTER);
  }
}
