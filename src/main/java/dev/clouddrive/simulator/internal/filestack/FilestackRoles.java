package dev.clouddrive.simulator.internal.filestack;

import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Role;
import dev.clouddrive.simulator.internal.ids.IdSource;
import dev.clouddrive.simulator.internal.json.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Filestack's hosts (filestack.md 0.1) and how each words its errors (filestack-files.md 8). */
public final class FilestackRoles {
  public static final String API_HOST = "www.filestackapi.com";
  public static final String CLOUD_HOST = "cloud.filestackapi.com";
  public static final String CDN_HOST = "cdn.filestackcontent.com";

  private static final Set<String> API_HOSTS =
      Set.of(API_HOST, "www.filepicker.io", "api.filestackapi.com");
  private static final Set<String> CLOUD_HOSTS = Set.of(CLOUD_HOST);
  private static final Set<String> CDN_HOSTS =
      Set.of(CDN_HOST, "cdn.filepicker.io", "process.filestackapi.com", "process.filepicker.io");

  private final IdSource ids;
  private final Supplier<Instant> clock;
  private final Role api;
  private final Role cloud;
  private final Role cdn;

  public FilestackRoles(IdSource ids, Supplier<Instant> clock) {
    this.ids = ids;
    this.clock = clock;
    this.api = role("filestack.api", API_HOSTS, (status, text) -> apiError(status, text));
    this.cloud = role("filestack.cloud", CLOUD_HOSTS, (status, text) -> cloudError(status, text));
    this.cdn = role("filestack.cdn", CDN_HOSTS, (status, text) -> cdnError(status, text));
  }

  @FunctionalInterface
  private interface Words {
    Response error(int status, String text);
  }

  private static Role role(String name, Set<String> hosts, Words words) {
    return new Role(
        name,
        hosts,
        new Role.Errors(
            request -> words.error(404, "File not found"),
            request -> words.error(405, "Method not allowed"),
            request -> words.error(400, "The request body could not be read"),
            request -> words.error(413, "The request body is too large"),
            request -> words.error(500, "Internal error"),
            (status, request) -> words.error(status, wordsOf(status))),
        true,
        false);
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

  public Role cdn() {
    return cdn;
  }

  /** Every host name of Filestack's that is answered. */
  public static Set<String> hosts() {
    return java.util.stream.Stream.of(API_HOSTS, CLOUD_HOSTS, CDN_HOSTS)
        .flatMap(Set::stream)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /** One line, behind an id of 16 upper-case hex digits. */
  public Response apiError(int status, String text) {
    String id = ids.hex(16).toUpperCase(Locale.ROOT);
    return Response.text(status, "[uuid=" + id + "] " + text);
  }

  /** {@code error} with a correlation id, the instance and the time. */
  public Response cloudError(int status, String text) {
    return Response.json(status, cloudErrorBody(text));
  }

  public Map<String, @Nullable Object> cloudErrorBody(String text) {
    return Json.object(
        "error",
        text,
        "c",
        ids.uuid().toString(),
        "i",
        "CLR-us-e-1-10",
        "t",
        clock.get().getEpochSecond());
  }

  /** Plain text that ends in a newline. */
  public Response cdnError(int status, String text) {
    return Response.text(status, text + "\n")
        .with("Cache-Control", "private")
        .with("X-Content-Type-Options", "nosniff");
  }
}
