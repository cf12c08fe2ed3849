package dev.clouddrive.simulator.internal.filestack;

import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Role;
import dev.clouddrive.simulator.internal.ids.IdSource;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Filestack's hosts (filestack.md 0.1) and how each words its errors (filestack-files.md 8). */
public final class FilestackRoles {
  public static final String API_HOST = "www.filestackapi.com";
  public static final String CLOUD_HOST = "cloud.filestackapi.com";
  public static final String STATIC_HOST = "static.filestackapi.com";
  public static final String CDN_HOST = "cdn.filestackcontent.com";
  public static final String S3_HOST = "s3.amazonaws.com";

  /** Where the uploads of this region go; it is the default one. */
  public static final String REGION = "us-east-1";

  public static final String UPLOAD_HOST = "upload-" + REGION + ".filestackapi.com";

  private static final Set<String> API_HOSTS =
      Set.of(
          API_HOST,
          "www.filepicker.io",
          "api.filestackapi.com",
          "dialog.filestackapi.com",
          "dialog.filepicker.io");
  private static final Set<String> CLOUD_HOSTS = Set.of(CLOUD_HOST);
  private static final Set<String> STATIC_HOSTS = Set.of(STATIC_HOST);
  private static final Set<String> CDN_HOSTS =
      Set.of(CDN_HOST, "cdn.filepicker.io", "process.filestackapi.com", "process.filepicker.io");
  private static final Set<String> UPLOAD_HOSTS =
      Set.of(
          "upload.filestackapi.com",
          UPLOAD_HOST,
          "upload-us-west-2.filestackapi.com",
          "upload-eu-west-1.filestackapi.com",
          "upload-eu-central-1.filestackapi.com");
  private static final Set<String> S3_HOSTS = Set.of(S3_HOST);

  private final World world;
  private final IdSource ids;
  private final Role api;
  private final Role cloud;
  private final Role assets;
  private final Role cdn;
  private final Role upload;
  private final Role s3;

  public FilestackRoles(World world) {
    this.world = world;
    this.ids = world.ids();
    this.api = role("filestack.api", API_HOSTS, this::apiError);
    this.cloud = role("filestack.cloud", CLOUD_HOSTS, this::cloudError);
    this.assets =
        role(
            "filestack.static", STATIC_HOSTS, (status, text) -> Response.text(status, text + "\n"));
    this.cdn = role("filestack.cdn", CDN_HOSTS, this::cdnError);
    this.upload = role("filestack.upload", UPLOAD_HOSTS, this::uploadError);
    this.s3 =
        role("filestack.s3", S3_HOSTS, (status, text) -> s3Error(status, s3Code(status), text));
  }

  @FunctionalInterface
  private interface Words {
    Response error(int status, String text);
  }

  private Role role(String name, Set<String> hosts, Words words) {
    return new Role(
        name,
        hosts,
        new Role.Errors(
            request -> words.error(404, "File not found"),
            request -> words.error(405, "Method not allowed"),
            request -> words.error(400, "The request body could not be read"),
            request -> words.error(413, "The request body is too large"),
            request -> words.error(500, "Internal error"),
            (status, request) -> failure(name, status, words)),
        true,
        false);
  }

  /** A throttled call is told of by Filestack's own fields (filestack-files.md 9.4). */
  private Response failure(String role, int status, Words words) {
    if (status != 429 || role.equals("filestack.s3")) {
      return words.error(status, wordsOf(status));
    }
    boolean atUpload = role.equals("filestack.upload");
    int told = atUpload ? Integer.parseInt(world.option(Options.RATELIMIT_UPLOAD_STATUS)) : status;
    Response response =
        words
            .error(told, wordsOf(429))
            .with("Filestack-Limit", "1")
            .with("Filestack-Remaining", "0")
            .with("Filestack-Reset", Long.toString(world.now().getEpochSecond() + 1));
    return world.option(Options.RATELIMIT_RETRY_AFTER)
        ? response.with("Retry-After", "1")
        : response;
  }

  private static String s3Code(int status) {
    return switch (status) {
      case 400 -> "InvalidRequest";
      case 403 -> "AccessDenied";
      case 404 -> "NoSuchKey";
      case 405 -> "MethodNotAllowed";
      case 413 -> "EntityTooLarge";
      case 429, 503 -> "SlowDown";
      default -> "InternalError";
    };
  }

  private static String wordsOf(int status) {
    return switch (status) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "File not found";
      case 429 -> "Rate limit exceeded";
      default -> status >= 500 ? "Service unavailable" : "Bad request";
    };
  }

  public Role api() {
    return api;
  }

  public Role cloud() {
    return cloud;
  }

  /** Scripts and pictures. */
  public Role assets() {
    return assets;
  }

  public Role cdn() {
    return cdn;
  }

  public Role upload() {
    return upload;
  }

  /** The object store that parts of uploads are put to. */
  public Role s3() {
    return s3;
  }

  /** Every host name of Filestack's that is answered. */
  public static Set<String> hosts() {
    return java.util.stream.Stream.of(
            API_HOSTS, CLOUD_HOSTS, STATIC_HOSTS, CDN_HOSTS, UPLOAD_HOSTS, S3_HOSTS)
        .flatMap(Set::stream)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /** One line, behind an id of 16 upper-case hex digits; or JSON, by the world's switch. */
  public Response apiError(int status, String text) {
    if (world.option(Options.API_ERROR_FORMAT).equals("json")) {
      return apiJson(status, text);
    }
    String id = ids.hex(16).toUpperCase(Locale.ROOT);
    return Response.text(status, "[uuid=" + id + "] " + text);
  }

  private static Response apiJson(int status, String text) {
    return Response.json(
        status, Json.object("result", "error", "error", Json.object("code", status, "msg", text)));
  }

  /** {@code Invalid Application}, without an id. */
  public Response invalidApplication() {
    return world.option(Options.API_ERROR_FORMAT).equals("json")
        ? apiJson(403, Applications.INVALID)
        : Response.text(403, Applications.INVALID);
  }

  /** The API host's words for what a policy doesn't allow. */
  public Response apiRefusal(RefusedException e) {
    boolean json = world.option(Options.API_ERROR_FORMAT).equals("json");
    return switch (e.reason()) {
      case NOT_BASE64 -> json ? apiJson(403, e.words()) : Response.text(403, e.words());
      case MISSING -> json ? apiJson(403, "Policy required") : apiError(403, secured(e));
      default -> apiError(403, secured(e));
    };
  }

  private static String secured(RefusedException e) {
    return "This action has been secured by the developer of this website. Error: " + e.words();
  }

  /** {@code error} with a correlation id, the instance and the time. */
  public Response cloudError(int status, String text) {
    return Response.json(status, errorBody(text, "CLR-us-e-1-10"));
  }

  public Map<String, @Nullable Object> cloudErrorBody(String text) {
    return errorBody(text, "CLR-us-e-1-10");
  }

  private Map<String, @Nullable Object> errorBody(String text, String instance) {
    return Json.object(
        "error",
        text,
        "c",
        ids.uuid().toString(),
        "i",
        instance,
        "t",
        world.now().getEpochSecond());
  }

  /** The cloud host's words for any policy that doesn't do. */
  public Response cloudRefusal() {
    return cloudError(401, "Invalid Policy");
  }

  /** As the cloud host's in 2017; later {@code error} and {@code timestamp}. */
  public Response uploadError(int status, String text) {
    return Response.json(
        status,
        world.option(Options.UPLOAD_ERROR_FORMAT).equals("2021")
            ? Json.object("error", text, "timestamp", world.now().getEpochSecond())
            : errorBody(text, "UPL-us-e-1-10"));
  }

  /** Plain text that ends in a newline; or JSON, by the world's switch. */
  public Response cdnError(int status, String text) {
    Response response =
        world.option(Options.PROCESS_ERROR_FORMAT).equals("json")
            ? Response.json(status, Json.object("error", text))
            : Response.text(status, text + "\n");
    return response.with("Cache-Control", "private").with("X-Content-Type-Options", "nosniff");
  }

  /** S3's XML. */
  public Response s3Error(int status, String code, String message) {
    String name = world.option(Options.S3_LOWERCASE_ERROR_CODE) ? "code" : "Code";
    return Response.of(
        status,
        "application/xml",
        Body.of(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><"
                + name
                + ">"
                + code
                + "</"
                + name
                + "><Message>"
                + message
                + "</Message><RequestId>"
                + ids.hex(16).toUpperCase(Locale.ROOT)
                + "</RequestId><HostId>"
                + ids.hex(32)
                + "</HostId></Error>"));
  }
}
