package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Insight;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's trained model would say of a picture. The world may say it per file; otherwise it
 * follows from the picture by a rule: its commonest colour and its shape are its tags, it is safe,
 * and there are no faces, no text and no known work in it (filestack-files.md 5.4).
 */
final class Findings {
  private static final List<String> HUES =
      List.of("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink");

  private Findings() {}

  static Map<String, @Nullable Object> of(Task task, BufferedImage image, Insight insight) {
    Object told = insight.of(task.name());
    return switch (task.type()) {
      case TAGS ->
          Json.object("tags", Json.object("auto", told != null ? told : tags(image), "user", null));
      case SFW -> Json.object("sfw", told != null ? told : Boolean.TRUE);
      case CAPTION ->
          Json.object("caption", told != null ? told : "a picture in " + commonestColor(image));
      case COPYRIGHT -> Json.object("copyright", told != null ? told : Boolean.FALSE);
      case IMAGE_SENTIMENT -> Json.object("emotions", told != null ? told : List.of());
      case OCR -> ocr(told);
      case DOC_DETECTION -> Json.object("coords", told != null ? told : corners(image));
      case DETECT_FACES -> faces(insight);
      default -> throw new IllegalArgumentException(task.name());
    };
  }

  private static Map<String, @Nullable Object> ocr(@Nullable Object told) {
    String text = told == null ? "" : String.valueOf(told);
    return Json.object(
        "document",
        Json.object("text_areas", text.isEmpty() ? List.of() : List.of(Json.object("text", text))),
        "text",
        text,
        "text_area_percentage",
        text.isEmpty() ? 0 : 10);
  }

  private static Map<String, @Nullable Object> faces(Insight insight) {
    List<Map<String, @Nullable Object>> faces =
        Faces.all(insight).stream().map(Findings::face).toList();
    return Json.object("faces", faces);
  }

  private static Map<String, @Nullable Object> face(Rectangle face) {
    return Json.object("x", face.x, "y", face.y, "width", face.width, "height", face.height);
  }

  private static List<List<Integer>> corners(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    return List.of(List.of(0, 0), List.of(w, 0), List.of(w, h), List.of(0, h));
  }

  private static Map<String, @Nullable Object> tags(BufferedImage image) {
    String shape =
        image.getWidth() == image.getHeight()
            ? "square"
            : image.getWidth() > image.getHeight() ? "landscape" : "portrait";
    return Json.object(commonestColor(image), 90, shape, 80);
  }

  private static String commonestColor(BufferedImage image) {
    int[] counts = new int[HUES.size() + 2];
    int step = Math.max(1, Math.max(image.getWidth(), image.getHeight()) / 200);
    float[] hsb = new float[3];
    for (int y = 0; y < image.getHeight(); y += step) {
      for (int x = 0; x < image.getWidth(); x += step) {
        int pixel = image.getRGB(x, y);
        Color.RGBtoHSB(pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF, hsb);
        boolean gray = hsb[1] < 0.15f || hsb[2] < 0.15f;
        int hue = (int) (hsb[0] * HUES.size()) % HUES.size();
        counts[gray ? HUES.size() + (hsb[2] < 0.5f ? 0 : 1) : hue]++;
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return best < HUES.size() ? HUES.get(best) : best == HUES.size() ? "black" : "white";
  }
}
