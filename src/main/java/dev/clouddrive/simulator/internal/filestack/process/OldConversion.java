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
  private OldConversion() {}

  static List<Task> tasks(Parameters query) throws ProcessException {
    List<Task> tasks = new ArrayList<>();
    boolean cropFirst = isTrue(query, "crop_first");
    if (cropFirst) {
      crop(query, tasks);
    }
    add(
        tasks,
        TaskType.RESIZE,
        "width",
        query.nonEmpty("w").or(() -> query.nonEmpty("width")),
        "height",
        query.nonEmpty("h").or(() -> query.nonEmpty("height")),
        "fit",
        query.nonEmpty("fit"),
        "align",
        query.nonEmpty("align"));
    if (!cropFirst) {
      crop(query, tasks);
    }
    add(
        tasks,
        TaskType.WATERMARK,
        "file",
        query.nonEmpty("watermark"),
        "size",
        query.nonEmpty("watermark_size"),
        "position",
        query.nonEmpty("watermark_position"));
    text(query, tasks);
    filter(query, tasks);
    Optional<String> upright = isTrue(query, "exif") ? Optional.of("exif") : Optional.empty();
    add(tasks, TaskType.ROTATE, "deg", query.nonEmpty("rotate").or(() -> upright));
    if (isTrue(query, "compress")) {
      tasks.add(Task.of("compress", Map.of()));
    }
    add(
        tasks,
        TaskType.OUTPUT,
        "format",
        query.nonEmpty("format"),
        "quality",
        query.nonEmpty("quality"),
        "page",
        query.nonEmpty("page"),
        "secure",
        query.nonEmpty("secure"));
    if (tasks.isEmpty()) {
      throw new ProcessException(400, "no conversion parameters were given");
    }
    return tasks;
  }

  private static boolean isTrue(Parameters query, String name) {
    return query.get(name).orElse("").equals("true");
  }

  private static void crop(Parameters query, List<Task> tasks) throws ProcessException {
    Optional<String> window = query.nonEmpty("crop");
    if (window.isPresent()) {
      List<Value> numbers = new ArrayList<>();
      for (String number : window.get().replaceAll("[\\[\\] ]", "").split(",")) {
        numbers.add(new Value.Text(number));
      }
      tasks.add(Task.of("crop", Map.of("dim", new Value.Items(numbers))));
    }
  }

  private static void text(Parameters query, List<Task> tasks) throws ProcessException {
    Optional<String> text = query.nonEmpty("text");
    if (text.isEmpty()) {
      return;
    }
    if (text.get().length() > 1_000) {
      throw ProcessException.invalidParameter("text", "convert");
    }
    Map<String, Value> arguments = new LinkedHashMap<>();
    arguments.put("text", new Value.Text(text.get()));
    for (String name : List.of("align", "color", "font", "padding", "size")) {
      query.nonEmpty("text_" + name).ifPresent(value -> arguments.put(name, new Value.Text(value)));
    }
    tasks.add(Task.of(TaskType.TEXT_OVERLAY, "convert", arguments));
  }

  private static void filter(Parameters query, List<Task> tasks) throws ProcessException {
    Optional<String> filter = query.nonEmpty("filter");
    if (filter.isEmpty()) {
      return;
    }
    String name = filter.get();
    if (!name.equals("blur") && !name.equals("sharpen")) {
      throw ProcessException.invalidParameter("filter", "convert");
    }
    Map<String, Value> arguments = new LinkedHashMap<>();
    query
        .nonEmpty(name + "Amount")
        .ifPresent(amount -> arguments.put("amount", new Value.Text(amount)));
    tasks.add(Task.of(name, arguments));
  }

  /**
   * Adds a task when its first argument, or of a resize any, is there.
   *
   * @param namesAndValues by turns
   */
  private static void add(List<Task> tasks, TaskType type, Object... namesAndValues)
      throws ProcessException {
    Map<String, Value> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      ((Optional<?>) namesAndValues[i + 1])
          .ifPresent(value -> arguments.put(name, new Value.Text((String) value)));
    }
    boolean wanted =
        type == TaskType.WATERMARK ? arguments.containsKey("file") : !arguments.isEmpty();
    if (wanted) {
      tasks.add(Task.of(type.taskName(), arguments));
    }
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
