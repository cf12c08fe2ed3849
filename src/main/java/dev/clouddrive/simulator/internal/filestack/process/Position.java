package dev.clouddrive.simulator.internal.filestack.process;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where something lies in something larger.
 *
 * @param x 0 at the left, 1 at the right
 * @param y 0 at the top, 1 at the bottom
 */
public record Position(double x, double y) {
  public static final Position CENTER = new Position(0.5, 0.5);

  /** A word, or a pair of a vertical and a horizontal one, in brackets or not. */
  static Optional<Position> parse(Value value) {
    List<String> words =
        Arrays.stream(
                value.toString().toLowerCase(Locale.ROOT).replaceAll("[\\[\\] ]", "").split(","))
            .toList();
    if (words.size() > 2) {
      return Optional.empty();
    }
    double x = 0.5;
    double y = 0.5;
    for (String word : words) {
      switch (word) {
        case "top" -> y = 0;
        case "bottom" -> y = 1;
        case "left" -> x = 0;
        case "right" -> x = 1;
        case "center", "middle", "faces" -> {
          // The middle of both, which it is anyway.
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Position(x, y));
  }

  /** Where something of a length begins in something longer. */
  public int offsetX(int outer, int inner) {
    return (int) Math.round((outer - inner) * x);
  }

  public int offsetY(int outer, int inner) {
    return (int) Math.round((outer - inner) * y);
  }
}
