package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.json.Nearest;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The switches for what the sources disagree on or leave open. Each tells its evidence, with the
 * tags of the references, and has a default; a world sets them by name. Immutable.
 */
public final class Options {

  /**
   * A switch.
   *
   * @param values what it takes, for the documentation and for error texts
   * @param source the section of a reference that leaves it open, with the evidence's tag
   * @param about what it switches, in one sentence
   */
  public record Option<T>(
      String name,
      T defaultValue,
      String values,
      String source,
      String about,
      BiFunction<JsonObject, String, T> reader) {}

  private static final Map<String, Option<?>> ALL = new LinkedHashMap<>();

  /** Far below what instants can't be computed with. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** What a value of a switch that the profile decides is called. */
  public static final String BY_PROFILE = "by-profile";

  public static final Option<String> WEBHOOK_FLAVOUR =
      choice(
          "webhook.flavour",
          "filestack 1.4",
          "The era whose payloads are sent.",
          "classic",
          "docs-2018",
          "production-2025");

  public static final Option<String> WEBHOOK_RETRY_PROFILE =
      choice(
          "webhook.retryProfile",
          "filestack-files 11 #1",
          "When failed webhooks are tried again.",
          "classic",
          "docs-2018",
          "production-2025");

  public static final Option<List<String>> WEBHOOK_SUCCESS_CODES =
      texts(
          "webhook.successCodes",
          "filestack-files 11 #2: [doc-old] 200, 201; [doc-new] 204 as well",
          "The answers that count as delivered.",
          List.of("200", "201", "204"),
          "an array of status codes as texts");

  public static final Option<Boolean> WEBHOOK_SIGN =
      flag(
          "webhook.sign",
          "filestack-files 11 #3: absent in the seed, [client] 2019 and later",
          "Whether webhooks of an entry with a secret are signed.",
          true);

  public static final Option<Boolean> WEBHOOK_REFRESH_TIMESTAMP =
      flag(
          "webhook.refreshTimestamp",
          "filestack 1.5 [guess]",
          "Whether each attempt is signed with its own timestamp.",
          true);

  public static final Option<String> WEBHOOK_SIGNING_TIME =
      choice(
          "webhook.signingTime",
          "own",
          "Whose time `FS-Timestamp` tells: receivers may check its age against their own clock.",
          "virtual",
          "wall");

  public static final Option<Duration> WEBHOOK_TIMEOUT =
      duration(
          "webhook.timeout",
          "filestack 1.5 [plugin]",
          "Wall time after which an attempt has failed.",
          Duration.ofSeconds(30));

  public static final Option<Duration> WEBHOOK_ACTIVATION_DELAY =
      duration(
          "webhook.activationDelay",
          "filestack 1.1 [doc-old]: up to ten minutes",
          "How long it takes until a new entry is live.",
          Duration.ZERO);

  public static final Option<Boolean> WEBHOOK_CONVERT_ALIAS =
      flag(
          "webhook.convertAlias",
          "filestack-files 11 #33 [guess]",
          "Whether conversions call themselves `fp.convert` instead of `fp.converse`.",
          false);

  public static final Option<Boolean> WEBHOOK_NESTED_DATA =
      flag(
          "webhook.nestedData",
          "filestack-files 11 #7 [client]",
          "Whether the file facts of `fp.upload` are nested in `data`.",
          false);

  public static final Option<String> WEBHOOK_INTERNAL_PROVIDER =
      choice(
          "webhook.internalProvider",
          "filestack-files 11 #5: [seed] internal, [doc-new] internal_v2",
          "The `provider` of a file that Filestack keeps.",
          "by-profile",
          "internal",
          "internal_v2");

  public static final Option<String> WEBHOOK_UPLOAD_STATUS =
      choice(
          "webhook.uploadStatus",
          "filestack-files 11 #6: [doc-new] since 2018",
          "Whether `fp.upload` of a stored file has a `status`.",
          "by-profile",
          "absent",
          "present");

  public static final Option<String> URLS_STYLE =
      choice(
          "urls.style",
          "filestack-files 11 #4",
          "The form of file URLs in webhooks and REST answers: `www…/api/file/H` (classic) or `cdn…/H`; pickers always get the latter.",
          "by-profile",
          "api",
          "cdn");

  public static final Option<Boolean> EXPORT_BLANK_URLS =
      flag(
          "export.blankUrls",
          "filestack-files 11 #8: the seed shows empty URLs, taken for blanked ones",
          "Whether `fp.export` shows empty URLs.",
          false);

  public static final Option<String> EXPORT_ON_CONFLICT =
      choice(
          "export.onConflict",
          "filestack-files 7.3 [guess]",
          "What a save does when the name is taken.",
          "overwrite",
          "rename",
          "fail");

  public static final Option<Boolean> FIRE_ON_CACHE_HIT =
      flag(
          "fireOnCacheHit",
          "filestack-files 11 #34, filestack 1.3 [guess]",
          "Whether a conversion from the cache is told again.",
          false);

  public static final Option<Boolean> CONVERSION_STAND_INS =
      flag(
          "conversion.standIns",
          "own",
          "Whether a small valid file stands in for what a program that isn't installed would make;"
              + " the header `X-Simulator-Stand-In` marks it.",
          false);

  public static final Option<Duration> VIDEO_DURATION =
      duration(
          "video.duration",
          "filestack-files 9 [client]: seconds to hours",
          "How long a conversion of audio or video takes.",
          Duration.ofSeconds(30));

  public static final Option<Duration> WORKFLOW_DURATION =
      duration(
          "workflow.duration",
          "filestack 1.4.8 [doc-new] shows two seconds",
          "How long a workflow runs.",
          Duration.ofSeconds(2));

  public static final Option<String> CLOUD_NOT_LOGGED_IN =
      choice(
          "cloud.notLoggedInStatus",
          "filestack-files 11 #25, filestack 2.6 [issue]: 401 in 2017",
          "The status for a cloud that isn't logged in.",
          "200",
          "401");

  public static final Option<String> SYMLINK_REVOKED_STATUS =
      choice(
          "symlink.revokedStatus",
          "filestack-files 3.7 [guess]",
          "The status of a symlink whose consent was withdrawn.",
          "403",
          "401");

  public static final Option<String> SYMLINK_RESOLVE_BY =
      choice(
          "symlink.resolveBy",
          "filestack-files 3.7 [guess]",
          "Whether a symlink follows its file when it is renamed or moved, or ends then.",
          "id",
          "path");

  public static final Option<Duration> SYMLINK_CACHE =
      duration(
          "symlink.cache",
          "filestack-files 3.7 [guess]",
          "For how long the CDN may show the bytes of a symlink that it has delivered before.",
          Duration.ZERO);

  public static final Option<Boolean> POLICY_STRICT_BASE64URL =
      flag(
          "policy.strictBase64Url",
          "filestack-files 11 #11: [doc-old] URL-safe, [client] js standard, [plugin] strict",
          "Whether a policy in the standard alphabet of Base64 is refused.",
          false);

  public static final Option<Boolean> POLICY_ALLOW_UNPADDED =
      flag(
          "policy.allowUnpadded",
          "filestack-files 11 #12: [plugin] padding required",
          "Whether a policy without its padding is taken.",
          false);

  public static final Option<Boolean> SECURITY_LEGACY_OPEN_DELETE =
      flag(
          "security.legacyOpenDelete",
          "filestack-files 11 #29: [doc-new] always; free before about 2016",
          "Whether removing needs no policy as long as the application's security is off.",
          false);

  public static final Option<String> STORE_INVALID_APP_STATUS =
      choice(
          "store.invalidAppStatus",
          "filestack-files 11 #14 [issue] 200",
          "The status of a store call with an unknown key.",
          "403",
          "200",
          "401");

  public static final Option<String> STORE_CLIENT =
      text(
          "store.client",
          "filestack-files 4.1 [guess]",
          "The `client` in the webhook of a file that came by the Store API.",
          "REST");

  public static final Option<String> API_ERROR_FORMAT =
      choice(
          "api.errorFormat",
          "filestack-files 11 #15: [issue] text, [plugin] JSON",
          "The body of the API host's errors.",
          "text",
          "json");

  public static final Option<String> UPLOAD_ERROR_FORMAT =
      choice(
          "upload.errorFormat",
          "filestack-files 11 #16: [issue] 2017, 2021",
          "The keys of the upload host's errors: `error,c,i,t`, or `error,timestamp`.",
          "2017",
          "2021");

  public static final Option<String> PROCESS_ERROR_FORMAT =
      choice(
          "process.errorFormat",
          "filestack-files 11 #17: [issue] text, [plugin] JSON",
          "The body of the processing host's errors.",
          "text",
          "json");

  public static final Option<String> UPLOAD_STATUS =
      choice(
          "upload.status",
          "filestack-files 11 #22: [client] fixtures show all",
          "The `status` in the last answer of a multipart upload; `real` tells of the transfer.",
          "real",
          "absent",
          "Stored",
          "InTransit");

  public static final Option<String> UPLOAD_LOCATION_URL =
      choice(
          "upload.locationUrl",
          "filestack-files 11 #23: [client] a host name, a URL tolerated by js from 3 on",
          "The form of `location_url`.",
          "host",
          "url");

  public static final Option<Integer> UPLOAD_COMPLETE_PENDING =
      number(
          "upload.completePending",
          "filestack-files 11 #24 [client]: Python fails on it",
          "How often `complete` answers 202 before it does its work.",
          0);

  public static final Option<Boolean> UPLOAD_INTELLIGENT =
      flag(
          "upload.intelligentIngestion",
          "filestack-files 4.2 [client]",
          "Whether accounts may use intelligent ingestion.",
          false);

  public static final Option<Duration> UPLOAD_EXPIRY =
      duration(
          "upload.expiry",
          "filestack-files 4.3 [guess]",
          "How long an unfinished multipart upload is kept.",
          Duration.ofHours(24));

  public static final Option<Boolean> S3_LOWERCASE_ERROR_CODE =
      flag(
          "s3.lowercaseErrorCode",
          "filestack-files 4.2 [client]: js reads `Error.code`, S3 writes `Code`",
          "The spelling of the code in S3's errors.",
          false);

  public static final Option<Duration> STORAGE_TRANSFER_DELAY =
      duration(
          "storage.transferDelay",
          "filestack-files 4.3 [doc-new]; time [guess]",
          "How long a file is in transit to a storage other than S3.",
          Duration.ofSeconds(5));

  public static final Option<Boolean> OVERWRITE_KEEP_MIMETYPE =
      flag(
          "overwrite.keepMimetype",
          "filestack-files 11 #27: [doc-old] kept; a webhook sample shows otherwise",
          "Whether an overwritten file keeps its media type.",
          true);

  public static final Option<String> CDN_STALE_AFTER_OVERWRITE =
      choice(
          "cdn.staleAfterOverwrite",
          "filestack-files 11 #26: cache page against glossary [guess]",
          "What the CDN shows of a URL that it has delivered before.",
          "fresh",
          "stale");

  public static final Option<Boolean> CDN_STALE_AFTER_DELETE =
      flag(
          "cdn.staleAfterDelete",
          "filestack-files 9 [guess]",
          "Whether the CDN goes on showing a removed file whose URL it has delivered before.",
          false);

  public static final Option<String> RATELIMIT_UPLOAD_STATUS =
      choice(
          "ratelimit.uploadStatus",
          "filestack-files 11 #35: [plugin] 503 at the upload edge",
          "The status of a throttled call of the upload host.",
          "503",
          "429");

  public static final Option<Boolean> RATELIMIT_RETRY_AFTER =
      flag(
          "ratelimit.retryAfter",
          "filestack-files 11 #35: older plugin text",
          "Whether a throttled call is told by `Retry-After` too.",
          false);

  public static final Option<List<String>> FETCH_ALLOW =
      texts(
          "fetch.allow",
          "filestack-files 9.3 [guess]: no private addresses",
          "Which addresses besides public ones a URL may be fetched from: `loopback`, `private`, or host names.",
          List.of("loopback"),
          "an array of words");

  public static final Option<Integer> FETCH_MAX_REDIRECTS =
      number(
          "fetch.maxRedirects",
          "filestack-files 9.3 [guess]",
          "How many redirects a fetch follows; each is checked as the first URL was.",
          5);

  public static final Option<Duration> FETCH_TIMEOUT =
      duration(
          "fetch.timeout",
          "filestack-files 9.3 [guess]",
          "Wall time after which a fetch has failed.",
          Duration.ofSeconds(30));

  public static final Option<Boolean> ROTATE_REFRESH_TOKENS =
      flag(
          "login.rotateRefreshTokens",
          "amazon-cloud-drive 2.2; in practice the old one went on working [client]",
          "Whether a refresh gives a new refresh token and ends the old one.",
          false);

  public static final Option<Duration> TEMP_LINK_LIFE =
      duration(
          "drive.tempLinkLife",
          "amazon-cloud-drive 3.3 [guess]",
          "How long a `tempLink` is good.",
          Duration.ofHours(1));

  public static final Option<String> UPLOAD_504 =
      choice(
          "drive.upload504",
          "amazon-cloud-drive 4.4 [issue]",
          "Uploads are answered with 504 and no body; the file appears late, or is lost.",
          "off",
          "late",
          "lost");

  public static final Option<Duration> UPLOAD_504_DELAY =
      duration(
          "drive.upload504Delay",
          "amazon-cloud-drive 4.4 [issue]",
          "How late a file appears after `drive.upload504`.",
          Duration.ofSeconds(30));

  public static final Option<Duration> LIST_LAG =
      duration(
          "drive.listLag",
          "amazon-cloud-drive 4.4 [client]",
          "For how long lists go on showing a new, moved or trashed node as it was before; a node that is asked for by its id is shown as it is.",
          Duration.ZERO);

  public static final Option<Duration> PROCESSING_DELAY =
      duration(
          "drive.processingDelay",
          "amazon-cloud-drive 4.4 [client]",
          "For how long an uploaded file is PENDING, without content properties.",
          Duration.ZERO);

  public static final Option<String> CHANGES_END =
      choice(
          "drive.changesEnd",
          "amazon-cloud-drive 4.4 [issue]",
          "How an answer to `changes` ends.",
          "complete",
          "missing",
          "empty");

  public static final Option<String> ORPHANS =
      choice(
          "drive.orphans",
          "amazon-cloud-drive 3.8 [client]: rclone says none, go-acd root",
          "Where a node is whose last parent was removed.",
          "none",
          "root");

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

  /** Every switch, in the order of the documentation. */
  public static Collection<Option<?>> all() {
    return Collections.unmodifiableCollection(ALL.values());
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

  private static Option<Boolean> flag(
      String name, String source, String about, boolean defaultValue) {
    return define(
        new Option<>(
            name,
            defaultValue,
            "true or false",
            source,
            about,
            (json, key) -> json.optionalBoolean(key).orElseThrow()));
  }

  private static Option<Duration> duration(
      String name, String source, String about, Duration defaultValue) {
    return define(
        new Option<>(
            name,
            defaultValue,
            "an ISO 8601 duration such as PT10M",
            source,
            about,
            (json, key) -> {
              Duration value = json.optionalDuration(key).orElseThrow();
              if (value.isNegative() || value.compareTo(LONGEST) > 0) {
                throw json.wrong(key, "a duration is from PT0S to P36500D");
              }
              return value;
            }));
  }

  private static Option<Integer> number(
      String name, String source, String about, int defaultValue) {
    return define(
        new Option<>(
            name,
            defaultValue,
            "a whole number from 0 to 1000",
            source,
            about,
            (json, key) -> {
              long value = json.longValue(key);
              if (value < 0 || value > 1_000) {
                throw json.wrong(key, "a whole number from 0 to 1000 is expected, not " + value);
              }
              return (int) value;
            }));
  }

  private static Option<String> text(
      String name, String source, String about, String defaultValue) {
    return define(new Option<>(name, defaultValue, "a text", source, about, JsonObject::string));
  }

  private static Option<List<String>> texts(
      String name, String source, String about, List<String> defaultValue, String values) {
    return define(new Option<>(name, defaultValue, values, source, about, JsonObject::strings));
  }

  /** The first value is the default. */
  private static Option<String> choice(String name, String source, String about, String... values) {
    List<String> allowed = List.of(values);
    return define(
        new Option<>(
            name,
            values[0],
            String.join(", ", values),
            source,
            about,
            (json, key) -> {
              String value = json.string(key);
              if (!allowed.contains(value)) {
                throw json.wrong(
                    key,
                    "\""
                        + value
                        + "\" is not one of "
                        + String.join(", ", allowed)
                        + Nearest.of(value, allowed)
                            .map(n -> "; did you mean " + n + "?")
                            .orElse(""));
              }
              return value;
            }));
  }

  private static <T> Option<T> define(Option<T> option) {
    ALL.put(option.name(), option);
    return option;
  }
}
