package dev.clouddrive.simulator.internal.filestack.process;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an argument of a task is set to (filestack-files.md 5.1). */
public sealed interface Value {

  /** A bare or quoted value. */
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Values in brackets. */
  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.stream().map(Value::toString).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** That of JSON; objects and null count as their text. */
  static Value ofJson(@Nullable Object json) {
    if (json instanceof List<?> list) {
      return new Items(list.stream().map(Value::ofJson).toList());
    }
    if (json instanceof Map<?, ?> named && named.get("id") instanceof String id) {
      // filestack-js writes a workflow so (filestack-files.md 4.3).
      return new Text(id);
    }
    if (json instanceof Map<?, ?> window && window.containsKey("width")) {
      // filestack-js 0.x writes a window so (filestack-files.md 5.4).
      return new Items(
          List.of(
              ofJson(window.get("x")),
              ofJson(window.get("y")),
              ofJson(window.get("width")),
              ofJson(window.get("height"))));
    }
    return new Text(String.valueOf(json));
  }
}
