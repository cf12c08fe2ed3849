package dev.clouddrive.simulator.internal.filestack.process;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours as tasks name them (filestack-files.md 5.4): 3, 6 or 8 hex digits, the last two of 8 for
 * the opacity, or a name of CSS or X11.
 */
public final class Colors {
  public static final Color TRANSPARENT = new Color(0, true);

  private static final Pattern GRAY = Pattern.compile("gr[ae]y(\\d{1,3})");

  private Colors() {}

  private static final class Names {
    private static final Properties BY_NAME = load();

    private static Properties load() {
      String resource = "dev/clouddrive/simulator/colors.properties";
      Properties names = new Properties();
      try (InputStream in = Colors.class.getClassLoader().getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + " is missing");
        }
        names.load(in);
        return names;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static Optional<Color> parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.equals("transparent") || name.equals("none")) {
      return Optional.of(TRANSPARENT);
    }
    Matcher gray = GRAY.matcher(name);
    if (gray.matches()) {
      int percent = Integer.parseInt(gray.group(1));
      int level = Math.round(percent * 2.55f);
      return percent > 100 ? Optional.empty() : Optional.of(new Color(level, level, level));
    }
    String known = Names.BY_NAME.getProperty(name);
    return hex(known != null ? known.toLowerCase(Locale.ROOT) : name);
  }

  private static Optional<Color> hex(String digits) {
    if (!digits.matches("[0-9a-f]+")) {
      return Optional.empty();
    }
    return switch (digits.length()) {
      case 3 -> hex(digits.replaceAll("(.)", "$1$1"));
      case 6 -> Optional.of(new Color(Integer.parseInt(digits, 16)));
      case 8 -> {
        long rgba = Long.parseLong(digits, 16);
        yield Optional.of(new Color((int) (rgba >>> 8 | (rgba & 0xFF) << 24), true));
      }
      default -> Optional.empty();
    };
  }
}
