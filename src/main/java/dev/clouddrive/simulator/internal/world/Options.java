package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.json.Nearest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The switches for what the sources disagree on or leave open. Each has its evidence in its
 * Javadoc, with the tags of the references, and a default; a world sets them by name. Immutable.
 */
public final class Options {

  /**
   * A switch.
   *
   * @param values what it takes, for the documentation and for error texts
   */
  public record Option<T>(
      String name, T defaultValue, String values, BiFunction<JsonObject, String, T> reader) {}

  private static final Map<String, Option<?>> ALL = new LinkedHashMap<>();

  /** {@code filestack.md} 1.4: which era's payloads are sent. */
  public static final Option<String> WEBHOOK_FLAVOUR =
      choice("webhook.flavour", "classic", "docs-2018", "production-2025");

  /** {@code filestack-files.md} 11 #1: offsets of the attempts. */
  public static final Option<String> WEBHOOK_RETRY_PROFILE =
      choice("webhook.retryProfile", "classic", "docs-2018", "production-2025");

  /** {@code filestack-files.md} 11 #2: [doc-old] 200, 201; [doc-new] 204 as well. */
  public static final Option<List<String>> WEBHOOK_SUCCESS_CODES =
      define(
          "webhook.successCodes",
          List.of("200", "201", "204"),
          "an array of status codes as texts",
          JsonObject::strings);

  /** {@code filestack-files.md} 11 #3: absent in the seed, [client] 2019 and later. */
  public static final Option<Boolean> WEBHOOK_SIGN = flag("webhook.sign", true);

  /** {@code filestack.md} 1.5 [guess]: whether each attempt is signed with its own timestamp. */
  public static final Option<Boolean> WEBHOOK_REFRESH_TIMESTAMP =
      flag("webhook.refreshTimestamp", true);

  /** Whose time {@code FS-Timestamp} tells: receivers may check its age against their own clock. */
  public static final Option<String> WEBHOOK_SIGNING_TIME =
      choice("webhook.signingTime", "virtual", "wall");

  /** {@code filestack.md} 1.5 [plugin]: wall time after which an attempt has failed. */
  public static final Option<Duration> WEBHOOK_TIMEOUT =
      duration("webhook.timeout", Duration.ofSeconds(30));

  /** {@code filestack.md} 1.1 [doc-old]: up to ten minutes until a new entry is live. */
  public static final Option<Duration> WEBHOOK_ACTIVATION_DELAY =
      duration("webhook.activationDelay", Duration.ZERO);

  /** {@code filestack-files.md} 11 #7 [client]: file facts of an upload nested in {@code data}. */
  public static final Option<Boolean> WEBHOOK_NESTED_DATA = flag("webhook.nestedData", false);

  /**
   * {@code filestack-files.md} 11 #8: the seed shows empty URLs, which is taken for blanked ones.
   */
  public static final Option<Boolean> EXPORT_BLANK_URLS = flag("export.blankUrls", false);

  /** {@code filestack-files.md} 7.3 [guess]: what a save does when the name is taken. */
  public static final Option<String> EXPORT_ON_CONFLICT =
      choice("export.onConflict", "overwrite", "rename", "fail");

  /** {@code filestack.md} 1.3 [guess]: whether a conversion from the cache is told again. */
  public static final Option<Boolean> FIRE_ON_CACHE_HIT = flag("fireOnCacheHit", false);

  /**
   * {@code filestack.md} 2.6 [issue]: a cloud that isn't logged in answers 200, or 401 as in 2017.
   */
  public static final Option<String> CLOUD_NOT_LOGGED_IN =
      choice("cloud.notLoggedInStatus", "200", "401");

  /** {@code filestack-files.md} 3.7 [guess]: status of a symlink whose consent was withdrawn. */
  public static final Option<String> SYMLINK_REVOKED_STATUS =
      choice("symlink.revokedStatus", "403", "401");

  /**
   * {@code amazon-cloud-drive.md} 2.2: whether a refresh gives a new refresh token and ends the old
   * one; in practice the old one went on working [client].
   */
  public static final Option<Boolean> ROTATE_REFRESH_TOKENS =
      flag("login.rotateRefreshTokens", false);

  /** {@code amazon-cloud-drive.md} 3.3 [guess]: how long a {@code tempLink} is good. */
  public static final Option<Duration> TEMP_LINK_LIFE =
      duration("drive.tempLinkLife", Duration.ofHours(1));

  /**
   * {@code amazon-cloud-drive.md} 4.4 [issue]: an upload that is answered with 504 and no body; the
   * file appears late, or is lost.
   */
  public static final Option<String> UPLOAD_504 = choice("drive.upload504", "off", "late", "lost");

  /** How late a file appears after {@code drive.upload504}: virtual time. */
  public static final Option<Duration> UPLOAD_504_DELAY =
      duration("drive.upload504Delay", Duration.ofSeconds(30));

  /**
   * {@code amazon-cloud-drive.md} 4.4 [client]: for how long lists go on showing a new, moved or
   * trashed node as it was before; a node that is asked for by its id is shown as it is.
   */
  public static final Option<Duration> LIST_LAG = duration("drive.listLag", Duration.ZERO);

  /**
   * {@code amazon-cloud-drive.md} 4.4 [client]: for how long an uploaded file is PENDING, without
   * content properties.
   */
  public static final Option<Duration> PROCESSING_DELAY =
      duration("drive.processingDelay", Duration.ZERO);

  /** {@code amazon-cloud-drive.md} 4.4 [issue]: how an answer to {@code changes} ends. */
  public static final Option<String> CHANGES_END =
      choice("drive.changesEnd", "complete", "missing", "empty");

  /**
   * {@code amazon-cloud-drive.md} 3.8: a node whose last parent was removed has none, as rclone's
   * comments say, or hangs under the root, as go-acd's do [client].
   */
  public static final Option<String> ORPHANS = choice("drive.orphans", "none", "root");

  private final Map<String, Object> values;

  private Options(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** Those of a profile, which sets payload flavour, retry schedule and signing together. */
  public static Options ofProfile(String profile) {
    return new Options(
        Map.of(WEBHOOK_FLAVOUR.name(), profile, WEBHOOK_RETRY_PROFILE.name(), profile));
  }

  /** The names of the profiles. */
  public static List<String> profiles() {
    return List.of("classic", "docs-2018", "production-2025");
  }

  /** The value in force. */
  @SuppressWarnings("unchecked") // with() stores under a name only what its own reader returned
  public <T> T get(Option<T> option) {
    return (T) values.getOrDefault(option.name(), option.defaultValue());
  }

  public <T> Options with(Option<T> option, T value) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(option.name(), value);
    return new Options(changed);
  }

  /**
   * With the values of a JSON object whose keys are option names.
   *
   * @throws JsonException if there is no such option, or it doesn't take that value
   */
  public Options with(JsonObject json) {
    json.only(ALL.keySet().toArray(String[]::new));
    Map<String, Object> changed = new LinkedHashMap<>(values);
    for (String name : json.keys()) {
      if (json.has(name)) {
        changed.put(name, ALL.get(name).reader().apply(json, name));
      }
    }
    return new Options(changed);
  }

  /** Those that differ from their defaults, by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Option<?> option : ALL.values()) {
      Object value = get(option);
      if (!value.equals(option.defaultValue())) {
        map.put(option.name(), value instanceof Duration ? value.toString() : value);
      }
    }
    return map;
  }

  private static Option<Boolean> flag(String name, boolean defaultValue) {
    return define(
        name,
        defaultValue,
        "true or false",
        (json, key) -> json.optionalBoolean(key).orElseThrow());
  }

  private static Option<Duration> duration(String name, Duration defaultValue) {
    return define(
        name,
        defaultValue,
        "an ISO 8601 duration such as PT10M",
        (json, key) -> json.optionalDuration(key).orElseThrow());
  }

  /** The first value is the default. */
  private static Option<String> choice(String name, String... values) {
    List<String> allowed = List.of(values);
    return define(
        name,
        values[0],
        String.join(", ", values),
        (json, key) -> {
          String value = json.string(key);
          if (!allowed.contains(value)) {
            throw json.wrong(
                key,
                "\""
                    + value
                    + "\" is not one of "
                    + String.join(", ", allowed)
                    + Nearest.of(value, allowed).map(n -> "; did you mean " + n + "?").orElse(""));
          }
          return value;
        });
  }

  private static <T> Option<T> define(
      String name, T defaultValue, String values, BiFunction<JsonObject, String, T> reader) {
    Option<T> option = new Option<>(name, defaultValue, values, reader);
    ALL.put(name, option);
    return option;
  }
}
