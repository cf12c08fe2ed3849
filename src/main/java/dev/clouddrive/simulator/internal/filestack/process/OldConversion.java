package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of the old {@code /convert} as a chain of tasks (filestack-files.md 5.6): resize,
 * then crop, then rotate and format, whatever the order of the query.
 */
final class OldConversion {
  /** Parameters of the vendor's that are refused rather than passed over in silence. */
  private static final List<String> NOT_YET =
      List.of("filter", "watermark", "text", "compress", "page", "secure");

  private OldConversion() {}

  static List<Task> tasks(Parameters query) throws ProcessException {
    for (String name : NOT_YET) {
      if (query.get(name).isPresent()) {
        throw new ProcessException(
            400, "the parameter " + name + " is not emulated by this simulator yet");
      }
    }
    Optional<Task> resize = resize(query);
    Optional<Task> crop =
        query.get("crop").map(dim -> task(TaskType.CROP, Map.of("dim", "[" + dim + "]")));
    List<Task> tasks = new ArrayList<>();
    boolean cropFirst = query.get("crop_first").orElse("").equals("true");
    (cropFirst ? crop : resize).ifPresent(tasks::add);
    (cropFirst ? resize : crop).ifPresent(tasks::add);
    rotate(query).ifPresent(tasks::add);
    output(query).ifPresent(tasks::add);
    if (tasks.isEmpty()) {
      throw new ProcessException(400, "no conversion parameters were given");
    }
    return tasks;
  }

  private static Optional<Task> resize(Parameters query) {
    Map<String, String> arguments = new LinkedHashMap<>();
    query.get("w").or(() -> query.get("width")).ifPresent(w -> arguments.put("width", w));
    query.get("h").or(() -> query.get("height")).ifPresent(h -> arguments.put("height", h));
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    query.get("fit").ifPresent(fit -> arguments.put("fit", fit));
    query.get("align").ifPresent(align -> arguments.put("align", align));
    return Optional.of(task(TaskType.RESIZE, arguments));
  }

  private static Optional<Task> rotate(Parameters query) {
    Optional<String> rotate = query.get("rotate");
    boolean upright = query.get("exif").orElse("").equals("true");
    return rotate
        .or(() -> upright ? Optional.of("exif") : Optional.empty())
        .map(deg -> task(TaskType.ROTATE, Map.of("deg", deg)));
  }

  private static Optional<Task> output(Parameters query) {
    Map<String, String> arguments = new LinkedHashMap<>();
    query.get("format").ifPresent(format -> arguments.put("format", format));
    query.get("quality").ifPresent(quality -> arguments.put("quality", quality));
    return arguments.isEmpty() ? Optional.empty() : Optional.of(task(TaskType.OUTPUT, arguments));
  }

  private static Task task(TaskType type, Map<String, String> arguments) {
    return new Task(type, arguments);
  }

  /** The query as the webhook shows it: without key and credentials. */
  static String shownQuery(Parameters query) {
    List<String> shown = new ArrayList<>();
    for (String name : query.names()) {
      if (!List.of("key", "policy", "signature").contains(name)) {
        shown.add(
            name + "=" + PercentCoding.encode(query.get(name).orElse("")).replace("%2C", ","));
      }
    }
    return String.join("&", shown);
  }
}
