package dev.clouddrive.simulator.internal.world;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's trained model would find in a file, as the world says it (filestack-files.md
 * 5.4).
 *
 * @param file the name of the files it is about; {@code *} stands for anything
 * @param findings by task, such as {@code tags}, as JSON values
 */
public record Insight(String file, Map<String, @Nullable Object> findings) {
  public static final Insight NONE = new Insight("*", Map.of());

  /** Whether it is about a file of that name. */
  public boolean isAbout(String filename) {
    StringBuilder expression = new StringBuilder();
    for (String part : file.split("\\*", -1)) {
      expression.append(expression.length() == 0 ? "" : ".*").append(Pattern.quote(part));
    }
    return filename.matches(expression.toString());
  }

  /** What the world says of a task; null when it says nothing. */
  public @Nullable Object of(String task) {
    return findings.get(task);
  }
}
