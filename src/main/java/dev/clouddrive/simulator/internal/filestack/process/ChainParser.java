package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.file.UploadTags;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads processing requests by the grammar of filestack-files.md 5.1, and the JSON of {@code POST
 * /process} (5.2). A path is taken apart before it is decoded, so that a quoted or encoded slash
 * doesn't end a segment of its own, and decoded once.
 */
final class ChainParser {
  private static final int LONGEST = 16 * 1024;
  private static final int DEEPEST = 8;
  private static final String BASE64 = "b64";
  private static final String DEBUG = "debug";

  /** Query names that are ours and not the source's. */
  private static final Set<String> OWN = Set.of("policy", "signature", "dl", "cache", "key");

  private final Predicate<String> isKey;

  /**
   * @param isKey tells an API key from a task's name
   */
  ChainParser(Predicate<String> isKey) {
    this.isKey = isKey;
  }

  /**
   * @param path without the slash at its beginning, percent-encoded
   * @param query percent-encoded; empty for none
   */
  Chain ofUrl(String path, String query) throws ProcessException {
    if (path.length() + query.length() > LONGEST) {
      throw new ProcessException(400, "the request is too long");
    }
    Scanner scanner = new Scanner(path);
    if (scanner.endsInQuote() && !query.isEmpty()) {
      // The question mark of a quoted source is no end of the path.
      scanner = new Scanner(path + "?" + query);
    }
    List<String> segments = scanner.segments();
    String source = scanner.source();
    boolean debug = false;
    Optional<String> apikey = Optional.empty();
    List<Task> tasks = new ArrayList<>();
    boolean encoded = false;
    StringBuilder shown = new StringBuilder("/");
    ProcessException flaw = null;
    for (String raw : segments) {
      String segment = PercentCoding.decode(raw);
      if (segment.equals(DEBUG)) {
        debug = true;
        continue;
      }
      if (tasks.isEmpty() && flaw == null && apikey.isEmpty() && looksLikeKey(segment)) {
        apikey = Optional.of(segment);
        continue;
      }
      try {
        tasks.addAll(encoded ? ofBase64(segment) : tasks(segment));
      } catch (ProcessException e) {
        flaw = flaw == null ? e : flaw;
      }
      encoded = !encoded && segment.equals(BASE64);
      if (!segment.startsWith("security=")) {
        shown.append(raw).append('/');
      }
    }
    if (encoded && flaw == null) {
      flaw = new ProcessException(400, "invalid task `b64`");
    }
    shown.append(source);
    List<SourceRef> sources = sources(source, query, 0);
    return new Chain(apikey, debug, tasks, sources, Map.of(), shown.toString(), flaw).bounded();
  }

  /** One, or several whose slash was encoded. */
  private List<Task> tasks(String segment) throws ProcessException {
    List<Task> tasks = new ArrayList<>();
    if (!segment.equals(BASE64)) {
      for (String one : splitOutsideQuotes(segment, '/')) {
        tasks.add(task(one));
      }
    }
    return tasks;
  }

  /** A key is a word of its own; an unknown one is told from a misspelt task by its shape. */
  private boolean looksLikeKey(String segment) {
    return isKey.test(segment) || segment.matches("A[A-Za-z0-9]{20,}z");
  }

  /**
   * @throws JsonException if the keys are of other kinds than expected
   */
  Chain ofJson(JsonObject json) throws ProcessException {
    List<Task> tasks = new ArrayList<>();
    for (JsonObject task : json.objects("tasks")) {
      tasks.add(ofJsonTask(task));
    }
    List<SourceRef> sources = new ArrayList<>();
    Object given = json.value("sources");
    for (Object source :
        given instanceof List<?> list ? list : List.of(given == null ? "" : given)) {
      sources.addAll(jsonSource(source));
    }
    Map<String, String> tags;
    try {
      tags = UploadTags.of(json.value("upload_tags"));
    } catch (UploadTags.InvalidException e) {
      throw new ProcessException(400, String.valueOf(e.getMessage()));
    }
    String shown =
        "/"
            + String.join(
                "/",
                tasks.stream().filter(t -> t.type() != TaskType.SECURITY).map(Task::shown).toList())
            + "/"
            + String.join(",", sources.stream().map(SourceRef::shown).toList());
    return new Chain(
            json.optionalString("apikey").filter(key -> !key.isEmpty()),
            false,
            tasks,
            sources,
            tags,
            shown,
            null)
        .bounded();
  }

  private List<SourceRef> jsonSource(Object source) throws ProcessException {
    if (source instanceof Map<?, ?> object) {
      List<Headers.Field> headers = new ArrayList<>();
      if (object.get("headers") instanceof Map<?, ?> map) {
        map.forEach((k, v) -> headers.add(header(String.valueOf(k), String.valueOf(v))));
      }
      List<SourceRef> refs = sourceOf(String.valueOf(object.get("source")), 0);
      return refs.stream()
          .map(
              ref ->
                  ref instanceof SourceRef.Url url
                      ? new SourceRef.Url(url.url(), Headers.of(headers))
                      : ref)
          .toList();
    }
    return sourceOf(String.valueOf(source), 0);
  }

  /** Without what could end the field. */
  private static Headers.Field header(String name, String value) {
    return new Headers.Field(
        name.replaceAll("[^A-Za-z0-9-]", ""), value.replaceAll("[^\\x20-\\x7E]", " "));
  }

  private Task ofJsonTask(JsonObject json) throws ProcessException {
    Map<String, Value> arguments = new LinkedHashMap<>();
    Object params = json.value("params");
    if (params instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getValue() != null) {
          arguments.put(String.valueOf(entry.getKey()), Value.ofJson(entry.getValue()));
        }
      }
    } else if (params instanceof List<?> list) {
      arguments.put("names", Value.ofJson(list));
    } else if (params != null) {
      // cache=false is written so.
      arguments.put(String.valueOf(params), new Value.Text(""));
    }
    return Task.of(json.optionalString("name").orElse(""), arguments);
  }

  private List<Task> ofBase64(String base64) throws ProcessException {
    try {
      byte[] json = decodeBase64(base64);
      List<Task> tasks = new ArrayList<>();
      // A list is read as the tasks of an object, so that pointers tell the place.
      JsonObject wrapped =
          Json.parseObject("{\"tasks\":" + new String(json, StandardCharsets.UTF_8) + "}");
      for (JsonObject task : wrapped.objects("tasks")) {
        tasks.add(ofJsonTask(task));
      }
      return tasks;
    } catch (IllegalArgumentException | JsonException e) {
      throw new ProcessException(400, "invalid task `b64`");
    }
  }

  /** Either alphabet, padded or not. */
  private static byte[] decodeBase64(String text) {
    String urlSafe = text.replace('+', '-').replace('/', '_').replace("=", "");
    return Base64.getUrlDecoder().decode(urlSafe);
  }

  private Task task(String segment) throws ProcessException {
    int equals = segment.indexOf('=');
    String name = equals < 0 ? segment : segment.substring(0, equals);
    TaskType type =
        TaskType.byName(name.replaceFirst("@\\d+$", ""))
            .orElseThrow(() -> new ProcessException(400, "invalid task `" + name + "`"));
    String text = equals < 0 ? "" : segment.substring(equals + 1);
    Map<String, Value> arguments = new LinkedHashMap<>();
    if (type == TaskType.METADATA && !text.isEmpty()) {
      arguments.put("names", value(text, 0, type));
      return Task.of(name, arguments);
    }
    for (String parameter : splitOutsideQuotes(text, ',')) {
      int colon = parameter.indexOf(':');
      String key = (colon < 0 ? parameter : parameter.substring(0, colon)).strip();
      if (key.isEmpty()) {
        continue;
      }
      arguments.put(
          key,
          colon < 0 ? new Value.Text("") : value(parameter.substring(colon + 1).strip(), 0, type));
    }
    return Task.of(name, arguments);
  }

  private static Value value(String text, int depth, TaskType type) throws ProcessException {
    if (text.startsWith("[") && text.endsWith("]")) {
      if (depth >= DEEPEST) {
        throw new ProcessException(400, "invalid parameters for `" + type.taskName() + "` task");
      }
      List<Value> items = new ArrayList<>();
      for (String item : splitOutsideQuotes(text.substring(1, text.length() - 1), ',')) {
        items.add(value(item.strip(), depth + 1, type));
      }
      return new Value.Items(items);
    }
    return new Value.Text(unquoted(text));
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** Splits where the separator stands outside of quotes and brackets. */
  private static List<String> splitOutsideQuotes(String text, char separator) {
    List<String> parts = new ArrayList<>();
    if (text.isEmpty()) {
      return parts;
    }
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '[') {
        depth++;
      } else if (!quoted && c == ']') {
        depth--;
      } else if (!quoted && depth <= 0 && c == separator) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** The source of a URL, with the query that belongs to it. */
  private List<SourceRef> sources(String raw, String query, int depth) throws ProcessException {
    boolean quoted = raw.startsWith("\"") || raw.regionMatches(true, 0, "%22", 0, 3);
    String bare = withoutQuotes(raw);
    if (isUrl(bare)) {
      // What stands there plainly is the URL as it is to be fetched.
      return List.of(new SourceRef.Url(withQuery(bare, quoted ? "" : query), Headers.EMPTY));
    }
    String decoded = PercentCoding.decode(bare);
    if (isUrl(decoded)) {
      return List.of(new SourceRef.Url(withQuery(decoded, quoted ? "" : query), Headers.EMPTY));
    }
    return sourceOf(decoded, depth);
  }

  private List<SourceRef> sourceOf(String text, int depth) throws ProcessException {
    String source = unquoted(text.strip());
    if (source.isEmpty() || depth > 2) {
      throw new ProcessException(400, "invalid source");
    }
    if (source.startsWith("[") && source.endsWith("]")) {
      List<SourceRef> all = new ArrayList<>();
      for (String item : splitOutsideQuotes(source.substring(1, source.length() - 1), ',')) {
        all.addAll(sourceOf(item, depth + 1));
      }
      return all;
    }
    if (isUrl(source)) {
      return List.of(new SourceRef.Url(source, Headers.EMPTY));
    }
    if (source.startsWith("b64://")) {
      try {
        String inner = new String(decodeBase64(source.substring(6)), StandardCharsets.UTF_8);
        return sourceOf(inner, depth + 1);
      } catch (IllegalArgumentException e) {
        throw new ProcessException(400, "invalid source");
      }
    }
    return List.of(
        source.contains("://") ? new SourceRef.Alias(source) : new SourceRef.Handle(source));
  }

  private static boolean isUrl(String text) {
    return text.regionMatches(true, 0, "http://", 0, 7)
        || text.regionMatches(true, 0, "https://", 0, 8);
  }

  private static String withoutQuotes(String raw) {
    String text = raw;
    if (text.regionMatches(true, 0, "%22", 0, 3)) {
      text = text.substring(3);
    } else if (text.startsWith("\"")) {
      text = text.substring(1);
    }
    if (text.length() >= 3 && text.regionMatches(true, text.length() - 3, "%22", 0, 3)) {
      return text.substring(0, text.length() - 3);
    }
    return text.endsWith("\"") ? text.substring(0, text.length() - 1) : text;
  }

  private static String withQuery(String url, String query) {
    boolean own = OWN.containsAll(Parameters.parse(query).names());
    return own ? url : url + "?" + query;
  }

  /**
   * Takes a path apart at the slashes that stand outside of quotes and brackets; a URL at the
   * beginning of a segment is the source, to the end.
   */
  private static final class Scanner {
    private final List<String> segments = new ArrayList<>();
    private String source = "";
    private boolean quoted;

    Scanner(String path) {
      int from = 0;
      int depth = 0;
      for (int i = 0; i < path.length(); i++) {
        if (i == from && beginsSource(path.substring(i))) {
          source = path.substring(i);
          return;
        }
        boolean escaped =
            path.charAt(i) == '%'
                && i + 2 < path.length()
                && isQuoteEscape(path.substring(i, i + 3));
        char c = escaped ? '"' : path.charAt(i);
        if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && c == '[') {
          depth++;
        } else if (!quoted && c == ']') {
          depth--;
        } else if (!quoted && depth <= 0 && c == '/') {
          segments.add(path.substring(from, i));
          from = i + 1;
        }
        i += escaped ? 2 : 0;
      }
      source = path.substring(from);
    }

    private static boolean isQuoteEscape(String escape) {
      return escape.equalsIgnoreCase("%22");
    }

    private static boolean beginsSource(String rest) {
      String head = rest.substring(0, Math.min(16, rest.length())).toLowerCase(Locale.ROOT);
      return head.matches("(https?|src|b64|wf)(://|%3a%2f%2f).*");
    }

    List<String> segments() {
      return segments;
    }

    String source() {
      return source;
    }

    boolean endsInQuote() {
      return quoted;
    }
  }
}
