package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.http.PercentCoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A path of the CDN or processing host, read by the grammar of filestack-files.md 5.1: an API key
 * perhaps, tasks, and the handle of the source.
 *
 * @param tasks in the order of execution; empty for plain delivery
 */
record ProcessingUrl(Optional<String> apikey, List<Task> tasks, String handle) {
  private static final int MOST_TASKS = 50;

  ProcessingUrl {
    tasks = List.copyOf(tasks);
  }

  /**
   * @param path without the slash at its beginning, percent-encoded
   * @param isKey tells an API key from a task's name
   */
  static ProcessingUrl parse(String path, Predicate<String> isKey) throws ProcessException {
    List<String> segments = segments(path);
    String handle = segments.get(segments.size() - 1);
    List<String> before = segments.subList(0, segments.size() - 1);
    Optional<String> apikey = Optional.empty();
    if (!before.isEmpty() && looksLikeKey(before.get(0), isKey)) {
      apikey = Optional.of(before.get(0));
      before = before.subList(1, before.size());
    }
    if (before.size() > MOST_TASKS) {
      throw new ProcessException(400, "too many tasks");
    }
    List<Task> tasks = new ArrayList<>();
    for (String segment : before) {
      tasks.add(task(segment));
    }
    return new ProcessingUrl(apikey, tasks, handle);
  }

  /** A key is a word of its own; an unknown one is told from a misspelt task by its shape. */
  private static boolean looksLikeKey(String segment, Predicate<String> isKey) {
    return isKey.test(segment) || segment.matches("A[A-Za-z0-9]{20,}z");
  }

  /** Splits at slashes outside of quotes, before and after the escapes are decoded. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    String decoded = PercentCoding.decode(path);
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '/' && !quoted) {
        segments.add(decoded.substring(from, i));
        from = i + 1;
      }
    }
    segments.add(decoded.substring(from));
    return segments;
  }

  private static Task task(String segment) throws ProcessException {
    int equals = segment.indexOf('=');
    String name = equals < 0 ? segment : segment.substring(0, equals);
    TaskType type =
        TaskType.byName(name)
            .orElseThrow(() -> new ProcessException(400, "invalid task `" + name + "`"));
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String parameter : parameters(equals < 0 ? "" : segment.substring(equals + 1))) {
      int colon = parameter.indexOf(':');
      String key = (colon < 0 ? parameter : parameter.substring(0, colon)).strip();
      String value = colon < 0 ? "" : unquoted(parameter.substring(colon + 1).strip());
      String argument =
          type.argument(key)
              .orElseThrow(() -> ProcessException.invalidParameter(key, type.taskName()));
      arguments.put(argument, value);
    }
    return new Task(type, arguments);
  }

  /** Splits at commas outside of quotes and brackets. */
  private static List<String> parameters(String text) {
    List<String> parameters = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '[') {
        depth++;
      } else if (!quoted && c == ']') {
        depth--;
      } else if (!quoted && depth <= 0 && c == ',') {
        parameters.add(text.substring(from, i));
        from = i + 1;
      }
    }
    if (from < text.length()) {
      parameters.add(text.substring(from));
    }
    return parameters;
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
