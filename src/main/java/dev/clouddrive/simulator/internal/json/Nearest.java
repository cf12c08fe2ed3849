package dev.clouddrive.simulator.internal.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody most likely meant. */
public final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest differing characters, if it is near enough to be meant. */
  public static Optional<String> of(String given, Collection<String> candidates) {
    if (given.length() > 100) {
      return Optional.empty();
    }
    String lower = given.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(
            candidate ->
                distance(lower, candidate.toLowerCase(Locale.ROOT)) <= 1 + given.length() / 3)
        .min(
            Comparator.comparingInt(
                candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))));
  }

  /** The Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
