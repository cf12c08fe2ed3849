package dev.clouddrive.simulator.internal.filestack.process;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One step of a chain with its arguments, by their full names.
 *
 * @param arguments texts as they were given, unquoted
 */
record Task(TaskType type, Map<String, String> arguments) {
  Task {
    arguments = Map.copyOf(arguments);
  }

  String name() {
    return type.taskName();
  }

  Optional<String> argument(String name) {
    return Optional.ofNullable(arguments.get(name));
  }

  /** A whole number within the bounds. */
  Optional<Integer> number(String name, int least, int most) throws ProcessException {
    String text = arguments.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      // Said below, with the numbers out of range.
    }
    throw ProcessException.invalidParameter(name, name());
  }

  /** One of some words. */
  String choice(String name, String defaultValue, String... allowed) throws ProcessException {
    String value = arguments.getOrDefault(name, defaultValue);
    for (String word : allowed) {
      if (word.equals(value)) {
        return value;
      }
    }
    throw ProcessException.invalidParameter(name, name());
  }

  /** The same text for the same step, however its arguments were ordered or spelt. */
  String canonical() {
    return name() + "=" + new TreeMap<>(arguments);
  }
}
