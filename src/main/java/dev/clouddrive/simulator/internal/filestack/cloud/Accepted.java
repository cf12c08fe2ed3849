package dev.clouddrive.simulator.internal.filestack.cloud;

import java.util.List;
import java.util.Locale;

/**
 * The kinds of files that a picker takes: extensions, media types and wildcards (filestack.md 2.2).
 *
 * @param patterns any of them does; where there are none, every file does
 */
record Accepted(List<String> patterns) {
  Accepted {
    patterns = patterns.stream().map(p -> p.trim().toLowerCase(Locale.ROOT)).toList();
  }

  boolean matches(String filename, String mimetype) {
    String name = filename.toLowerCase(Locale.ROOT);
    String type = mimetype.toLowerCase(Locale.ROOT);
    return patterns.isEmpty() || patterns.stream().anyMatch(p -> matches(p, name, type));
  }

  private static boolean matches(String pattern, String name, String type) {
    if (pattern.equals("*") || pattern.equals("*/*")) {
      return true;
    }
    if (pattern.endsWith("/*")) {
      return type.startsWith(pattern.substring(0, pattern.length() - 1));
    }
    if (pattern.contains("/")) {
      return type.equals(pattern);
    }
    return name.endsWith(pattern.startsWith(".") ? pattern : "." + pattern);
  }
}
