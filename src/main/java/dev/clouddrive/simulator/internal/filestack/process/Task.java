package dev.clouddrive.simulator.internal.filestack.process;

import java.awt.Color;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a chain. Its arguments have been checked, so that they are what their type takes.
 *
 * @param arguments by their full names
 */
public record Task(TaskType type, Map<String, Value> arguments) {
  public Task {
    arguments = Map.copyOf(arguments);
  }

  /** How the URLs of a document's pages name theirs (filestack-files.md 5.4). */
  private static final Pattern PAGE = Pattern.compile("(doc_to_images)@(\\d{1,5})");

  /**
   * Checks names and values.
   *
   * @param given by their names, which may be shortened
   * @throws ProcessException in the vendor's words
   */
  static Task of(String name, Map<String, Value> given) throws ProcessException {
    Matcher page = PAGE.matcher(name);
    if (page.matches()) {
      Map<String, Value> withPage = new TreeMap<>(given);
      withPage.put("page", new Value.Text(page.group(2)));
      return of(page.group(1), withPage);
    }
    TaskType type =
        TaskType.byName(name)
            .orElseThrow(() -> new ProcessException(400, "invalid task `" + name + "`"));
    return of(type, name, given);
  }

  /**
   * @param name that a complaint calls it by
   */
  static Task of(TaskType type, String name, Map<String, Value> given) throws ProcessException {
    Map<String, Value> arguments = new TreeMap<>();
    for (Map.Entry<String, Value> entry : given.entrySet()) {
      Argument argument =
          type.argument(entry.getKey())
              .orElseThrow(() -> ProcessException.invalidParameter(entry.getKey(), name));
      if (!argument.rule().test(entry.getValue())) {
        throw ProcessException.invalidParameter(entry.getKey(), name);
      }
      arguments.put(argument.name(), entry.getValue());
    }
    Task task = new Task(type, arguments);
    task.requireArguments();
    return task;
  }

  private void requireArguments() throws ProcessException {
    switch (type) {
      case RESIZE -> requireOneOf("width", "height");
      case CROP -> requireOneOf("dim");
      case ROTATE -> requireOneOf("deg", "exif");
      case QUALITY -> requireOneOf("value");
      case WATERMARK -> requireOneOf("file");
      case PARTIAL_BLUR, PARTIAL_PIXELATE -> requireOneOf("objects");
      case COLLAGE -> {
        requireOneOf("width");
        requireOneOf("height");
      }
      case PDFCONVERT -> requireOneOf("pageorientation", "pageformat", "pages");
      case FALLBACK -> requireOneOf("handle", "file");
      case SECURITY -> {
        requireOneOf("policy");
        requireOneOf("signature");
      }
      case CACHE -> requireOneOf("expiry", "false");
      case RUN_WORKFLOW -> requireOneOf("id");
      case WORKFLOW_STATUS -> requireOneOf("job_id");
      default -> {
        // Every other task has a default for each of its arguments.
      }
    }
  }

  private void requireOneOf(String... names) throws ProcessException {
    for (String name : names) {
      if (arguments.containsKey(name)) {
        return;
      }
    }
    throw new ProcessException(
        400, "missing parameter `" + names[0] + "` for `" + name() + "` task");
  }

  public String name() {
    return type.taskName();
  }

  public boolean has(String name) {
    return arguments.containsKey(name);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(arguments.get(name)).map(Value::toString);
  }

  public String text(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  public int whole(String name, int otherwise) {
    return text(name).map(text -> Integer.parseInt(text.strip())).orElse(otherwise);
  }

  public double number(String name, double otherwise) {
    return text(name).map(text -> new BigDecimal(text.strip()).doubleValue()).orElse(otherwise);
  }

  public boolean flag(String name, boolean otherwise) {
    return text(name).map("true"::equalsIgnoreCase).orElse(otherwise);
  }

  public Color color(String name, Color otherwise) {
    return text(name).flatMap(Colors::parse).orElse(otherwise);
  }

  public Position position(String name) {
    return Optional.ofNullable(arguments.get(name))
        .flatMap(Position::parse)
        .orElse(Position.CENTER);
  }

  /** The whole numbers of an argument in brackets; empty when it is absent. */
  public int[] wholes(String name) {
    return items(name).stream()
        .mapToInt(item -> Integer.parseInt(item.toString().strip()))
        .toArray();
  }

  /** The values of an argument in brackets, or the one that it has; empty when it is absent. */
  public List<Value> items(String name) {
    Value value = arguments.get(name);
    if (value == null) {
      return List.of();
    }
    return value instanceof Value.Items list ? list.items() : List.of(value);
  }

  /** Another task with some of its arguments. */
  public Task as(TaskType other, String... names) {
    Map<String, Value> kept = new TreeMap<>(arguments);
    kept.keySet().retainAll(List.of(names));
    return new Task(other, kept);
  }

  public Task without(String name) {
    Map<String, Value> kept = new TreeMap<>(arguments);
    kept.remove(name);
    return new Task(type, kept);
  }

  /** As a URL writes it. */
  String shown() {
    return shownAs(name());
  }

  /** As a URL writes it, under another name. */
  public String shownAs(String name) {
    return arguments.isEmpty()
        ? name
        : name
            + "="
            + String.join(
                ",",
                new TreeMap<>(arguments)
                    .entrySet().stream().map(a -> a.getKey() + ":" + a.getValue()).toList());
  }

  /** The same text for the same step, however its arguments were ordered or spelt. */
  String canonical() {
    return name() + "=" + new TreeMap<>(arguments);
  }
}
