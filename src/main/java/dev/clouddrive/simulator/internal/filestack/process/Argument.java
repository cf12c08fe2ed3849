package dev.clouddrive.simulator.internal.filestack.process;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * An argument of a task.
 *
 * @param rule which values it takes
 */
record Argument(String name, Predicate<Value> rule) {

  static Argument any(String name) {
    return new Argument(name, value -> true);
  }

  static Argument text(String name) {
    return new Argument(name, Value.Text.class::isInstance);
  }

  static Argument whole(String name, long least, long most) {
    return new Argument(name, value -> isWhole(value, least, most));
  }

  /** A whole number, or one of some words. */
  static Argument wholeOr(String name, long least, long most, String... words) {
    return new Argument(
        name, value -> isWhole(value, least, most) || List.of(words).contains(value.toString()));
  }

  static Argument number(String name, double least, double most) {
    return new Argument(name, value -> isNumber(value, least, most));
  }

  static Argument flag(String name) {
    return words(name, "true", "false");
  }

  static Argument words(String name, String... words) {
    List<String> allowed = List.of(words);
    return new Argument(name, value -> allowed.contains(value.toString().toLowerCase(Locale.ROOT)));
  }

  static Argument color(String name) {
    return new Argument(name, value -> Colors.parse(value.toString()).isPresent());
  }

  /** So many whole numbers in brackets. */
  static Argument wholes(String name, int count, long least, long most) {
    return new Argument(
        name,
        value ->
            value instanceof Value.Items list
                && list.items().size() == count
                && list.items().stream().allMatch(item -> isWhole(item, least, most)));
  }

  /** x, y, width and height in brackets. */
  static Argument window(String name) {
    return new Argument(name, Argument::isWindow);
  }

  /** 1 to 50 windows in brackets. */
  static Argument windows(String name) {
    return new Argument(
        name,
        value ->
            value instanceof Value.Items list
                && !list.items().isEmpty()
                && list.items().size() <= 50
                && list.items().stream().allMatch(Argument::isWindow));
  }

  /** A word, or a pair of a vertical and a horizontal one. */
  static Argument position(String name) {
    return new Argument(name, value -> Position.parse(value).isPresent());
  }

  /** {@code all}, a number or a list of numbers. */
  static Argument faces(String name) {
    return new Argument(
        name,
        value ->
            value.toString().equals("all")
                || isWhole(value, 1, 1_000)
                || (value instanceof Value.Items list
                    && list.items().stream().allMatch(item -> isWhole(item, 1, 1_000))));
  }

  /** Values in brackets, or a single one. */
  static Argument list(String name) {
    return any(name);
  }

  private static boolean isWindow(Value value) {
    return value instanceof Value.Items window
        && window.items().size() == 4
        && isWhole(window.items().get(0), 0, 100_000)
        && isWhole(window.items().get(1), 0, 100_000)
        && isWhole(window.items().get(2), 1, 100_000)
        && isWhole(window.items().get(3), 1, 100_000);
  }

  private static boolean isWhole(Value value, long least, long most) {
    try {
      long number = Long.parseLong(value.toString().strip());
      return number >= least && number <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isNumber(Value value, double least, double most) {
    String text = value.toString().strip();
    try {
      double number = text.length() > 40 ? Double.NaN : new BigDecimal(text).doubleValue();
      return number >= least && number <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
