package dev.clouddrive.simulator.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation and who answers it. */
public final class Route {
  private final Operation operation;
  private final Handler handler;
  private final List<String> template;

  private Route(Operation operation, Handler handler) {
    this.operation = operation;
    this.handler = handler;
    List<String> segments = new ArrayList<>();
    for (String segment : operation.path().substring(1).split("/", -1)) {
      segments.add(segment);
    }
    this.template = List.copyOf(segments);
  }

  public static Route of(String name, String method, String path, Role role, Handler handler) {
    return new Route(new Operation(name, method, path, role), handler);
  }

  public Operation operation() {
    return operation;
  }

  public Handler handler() {
    return handler;
  }

  /** The first segment, unless it is a variable. */
  Optional<String> firstSegment() {
    String first = template.get(0);
    return first.startsWith("{") ? Optional.empty() : Optional.of(first);
  }

  /** Whether the path fits; the variables' values are added to the map. */
  boolean matches(List<String> segments, Map<String, String> variables) {
    for (int i = 0; i < template.size(); i++) {
      String expected = template.get(i);
      if (expected.endsWith("...}")) {
        if (i >= segments.size()) {
          return false;
        }
        variables.put(nameOf(expected), String.join("/", segments.subList(i, segments.size())));
        return true;
      }
      if (i >= segments.size() || !fits(expected, segments.get(i), variables)) {
        return false;
      }
    }
    return segments.size() == template.size();
  }

  private static boolean fits(String expected, String segment, Map<String, String> variables) {
    if (!expected.startsWith("{")) {
      return expected.equals(segment) || expected.equals(PercentCoding.decode(segment));
    }
    if (segment.isEmpty()) {
      return false;
    }
    variables.put(nameOf(expected), PercentCoding.decode(segment));
    return true;
  }

  private static String nameOf(String variable) {
    return variable.substring(1, variable.length() - 1).replace("...", "");
  }

  /** What a request met in the catalogue. */
  sealed interface Match {
    record Found(Route route, Request request) implements Match {}

    record WrongMethod(Role role, List<String> allowed) implements Match {}

    record None(@Nullable Role role) implements Match {}
  }
}
