package dev.clouddrive.simulator.internal.fault;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An effect on some calls of an operation.
 *
 * @param on the operation's name; {@code *} at the end stands for any
 * @param path the file's or the request's path, with {@code *} for anything; null for any
 * @param after how many matching calls pass before it begins
 * @param times how many calls it then falls on; 0 for all
 */
public record Fault(
    String id, String on, @Nullable String path, Effect effect, long after, long times) {

  boolean fits(String operation) {
    return glob(on, operation);
  }

  boolean fitsPath(String candidate) {
    return path == null || glob(path, candidate);
  }

  private static boolean glob(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    for (String part : pattern.split("\\*", -1)) {
      regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
