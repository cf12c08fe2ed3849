package dev.clouddrive.simulator.internal.filestack.picker;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code fp.dialog} tells of a dialog (filestack.md 1.4.1), from the query that opened it. */
final class OpenedDialog {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
  private static final int MOST_KINDS = 100;

  private OpenedDialog() {}

  static Map<String, @Nullable Object> text(
      String type, String apikey, Parameters query, Instant now) {
    @Nullable List<String> extensions = kinds(query, "ext").orElse(null);
    Map<String, @Nullable Object> text = Json.object();
    // The one excludes the other.
    text.put("mimetypes", extensions == null ? kinds(query, "m").orElse(List.of("*/*")) : null);
    text.put("iframe", isTrue(query, "iframe"));
    text.put("language", query.nonEmpty("language").orElse("en"));
    text.put("id", number(query, "id").orElseGet(() -> Long.toString(now.toEpochMilli())));
    text.put("mobile", isTrue(query, "mobile"));
    text.put("app", Json.object("upsell", "false", "apikey", apikey, "customization", words()));
    text.put("dialogType", type);
    text.put("auth", false);
    text.put("welcome_header", "Welcome");
    text.put("welcome_subheader", "Choose a file");
    text.put("help_text", "");
    text.put("recent_path", "/");
    text.put("extensions", extensions);
    text.put("maxSize", number(query, "maxSize").map(Long::parseLong).orElse(0L));
    text.put("signature", query.nonEmpty("signature").orElse(null));
    text.put("policy", query.nonEmpty("policy").orElse(null));
    text.put("custom_providers", "");
    text.put("intra", false);
    return text;
  }

  private static Map<String, @Nullable Object> words() {
    return Json.object(
        "saveas_header",
        "Save your file",
        "saveas_subheader",
        "Choose a folder",
        "open_header",
        "Choose a file",
        "open_subheader",
        "From your cloud",
        "folder_header",
        "Choose a folder",
        "folder_subheader",
        "From your cloud",
        "help_text",
        "");
  }

  private static boolean isTrue(Parameters query, String name) {
    return query.get(name).orElse("").equals("true");
  }

  private static Optional<String> number(Parameters query, String name) {
    return query.nonEmpty(name).filter(value -> NUMBER.matcher(value).matches());
  }

  private static Optional<List<String>> kinds(Parameters query, String name) {
    return query
        .nonEmpty(name)
        .map(value -> List.of(value.split(",", MOST_KINDS)))
        .filter(list -> !list.contains("undefined"));
  }
}
