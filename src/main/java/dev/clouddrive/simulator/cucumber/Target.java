package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.PickResult;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the steps speak to: a simulator, wherever it runs, by its control API alone (simulator.md
 * section 5). So the features run against any base URL.
 */
final class Target {
  private static final String API = "/_simulator/api/";

  private final URI base;
  private final HttpClient http;
  private final @Nullable String token;

  /**
   * @param token the admin token; null for none
   */
  Target(URI base, HttpClient http, @Nullable String token) {
    this.base = base;
    this.http = http;
    this.token = token;
  }

  URI base() {
    return base;
  }

  /** The control API says no. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String detail) {
      super(detail);
    }
  }

  // --- the world

  void load(byte[] zip) {
    must(call("PUT", "world", "application/zip", zip));
  }

  byte[] world() {
    return must(call("GET", "world", "application/zip", null)).body();
  }

  void options(Map<String, ?> options) {
    must(json("PUT", "options", options));
  }

  void advance(Duration by) {
    must(json("POST", "clock/advance", Map.of("by", by.toString())));
  }

  void freezeAt(Instant instant) {
    must(json("PUT", "clock", Map.of("mode", "frozen", "now", instant.toString())));
  }

  void settle() {
    must(json("POST", "clock/settle", Map.of()));
  }

  void fault(Map<String, ?> fault) {
    must(json("POST", "faults", fault));
  }

  /**
   * The operations that were called since the world was loaded; empty where it keeps no journal.
   */
  List<String> operations() {
    HttpResponse<byte[]> answer = json("GET", "journal", null);
    return answer.statusCode() != 200
        ? List.of()
        : Json.parseObject(answer.body()).objects("entries").stream()
            .map(entry -> entry.string("operation"))
            .distinct()
            .toList();
  }

  // --- drives

  private static String file(String email, String path) {
    return "accounts/" + PercentCoding.encode(email) + "/files" + PercentCoding.encodePath(path);
  }

  void put(String email, String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    must(call("PUT", file(email, path), "application/octet-stream", content));
  }

  Optional<byte[]> read(String email, String path) {
    HttpResponse<byte[]> answer = json("GET", file(email, path), null);
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(must(answer).body());
  }

  boolean has(String email, String path) {
    return entries(email).stream().anyMatch(entry -> path.equals(entry.get("path")));
  }

  Optional<String> md5(String email, String path) {
    return entries(email).stream()
        .filter(entry -> path.equals(entry.get("path")))
        .map(entry -> String.valueOf(entry.get("md5")))
        .findFirst();
  }

  /** The paths of the files, without folders. */
  List<String> files(String email) {
    return entries(email).stream()
        .filter(entry -> "FILE".equals(entry.get("kind")))
        .map(entry -> String.valueOf(entry.get("path")))
        .toList();
  }

  @SuppressWarnings("unchecked") // a JSON array of objects reads as a list of maps
  private List<Map<String, Object>> entries(String email) {
    byte[] list =
        must(json("GET", "accounts/" + PercentCoding.encode(email) + "/files", null)).body();
    return (List<Map<String, Object>>) Json.parseValue(list);
  }

  /** Removes a file or folder; without effect if there is none. */
  void delete(String email, String path) {
    HttpResponse<byte[]> answer = json("DELETE", file(email, path), null);
    if (answer.statusCode() != 404) {
      must(answer);
    }
  }

  void revokeApps(String email) {
    must(json("DELETE", "accounts/" + PercentCoding.encode(email) + "/tokens", null));
  }

  void quota(String email, long bytes) {
    must(json("PUT", "accounts/" + PercentCoding.encode(email), Map.of("quotaBytes", bytes)));
  }

  // --- the application

  /** The application of the world: the first. */
  record App(String apikey, String secret) {
    /** A policy and its signature. */
    FilestackApp.SignedPolicy sign(String json) {
      String policy = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal(policy.getBytes(StandardCharsets.UTF_8));
        return new FilestackApp.SignedPolicy(policy, HexFormat.of().formatHex(signature));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @SuppressWarnings("unchecked") // as above
  App app() {
    List<Map<String, Object>> apps =
        (List<Map<String, Object>>) Json.parseValue(must(json("GET", "apps", null)).body());
    return app(Json.parseObject(Json.bytes(apps.get(0))));
  }

  /** One more application. */
  App newApp() {
    return app(Json.parseObject(must(json("POST", "apps", Map.of())).body()));
  }

  private static App app(JsonObject json) {
    return new App(json.string("apikey"), json.string("secret"));
  }

  void secure(boolean on) {
    must(json("PUT", "apps/" + app().apikey(), Map.of("security", on)));
  }

  /** An entry of the portal. */
  record Subscription(String event, String secret) {}

  void subscribe(String url, EventType type) {
    must(
        json(
            "POST",
            "apps/" + app().apikey() + "/webhooks",
            Map.of("url", url, "event", type.action())));
  }

  List<Subscription> subscriptions() {
    Object list =
        Json.parseValue(must(json("GET", "apps/" + app().apikey() + "/webhooks", null)).body());
    return Json.parseObject(Json.bytes(Map.of("all", list == null ? List.of() : list)))
        .objects("all")
        .stream()
        .map(entry -> new Subscription(entry.string("event"), entry.string("secret")))
        .toList();
  }

  /** Removes the entries for an event type. */
  @SuppressWarnings("unchecked") // as above
  void unsubscribe(EventType type) {
    String webhooks = "apps/" + app().apikey() + "/webhooks";
    for (Map<String, Object> entry :
        (List<Map<String, Object>>) Json.parseValue(must(json("GET", webhooks, null)).body())) {
      if (type.action().equals(entry.get("event"))) {
        must(json("DELETE", webhooks + "/" + entry.get("id"), null));
      }
    }
  }

  /** What is said to an application that brings OAuth credentials of its own for a cloud. */
  String refusalOfOAuth(String cloud) {
    HttpResponse<byte[]> answer =
        json(
            "POST",
            "apps",
            Map.of("oauthApps", Map.of(cloud, Map.of("clientId", "own", "secret", "own"))));
    return answer.statusCode() < 400 ? "" : detail(answer);
  }

  /**
   * What the user does in the picker.
   *
   * @param more {@code mode}, {@code consent} and {@code storeTo}, as the control API takes them
   */
  PickResult pick(String email, String path, Map<String, ?> more) {
    Map<String, @Nullable Object> pick =
        Json.object("apikey", app().apikey(), "account", email, "paths", List.of(path));
    pick.putAll(more);
    JsonObject result = Json.parseObject(must(json("POST", "picks", pick)).body());
    return new PickResult(
        result.objects("filesUploaded").stream().map(Target::picked).toList(),
        result.objects("filesFailed").stream()
            .map(
                failed ->
                    new PickResult.FailedFile(
                        failed.string("originalPath"),
                        Math.toIntExact(failed.longValue("status")),
                        failed.string("error")))
            .toList());
  }

  private static PickResult.PickedFile picked(JsonObject file) {
    return new PickResult.PickedFile(
        file.string("filename"),
        file.string("handle"),
        file.string("mimetype"),
        file.string("originalPath"),
        file.longValue("size"),
        file.string("source"),
        file.string("url"),
        file.string("uploadId"));
  }

  /**
   * What the user does in the save dialog.
   *
   * @throws RefusedException if nothing was saved
   */
  FilestackApp.Exported export(
      String email, String handle, String folder, String filename, boolean allows)
      throws RefusedException {
    HttpResponse<byte[]> answer =
        json(
            "POST",
            "exports",
            Json.object(
                "apikey",
                app().apikey(),
                "account",
                email,
                "handle",
                handle,
                "folder",
                folder,
                "filename",
                filename,
                "consent",
                allows ? "allow" : "deny"));
    if (answer.statusCode() >= 400) {
      throw new RefusedException(detail(answer));
    }
    JsonObject blob = Json.parseObject(answer.body());
    return new FilestackApp.Exported(
        blob.string("url"),
        blob.string("filename"),
        blob.string("type"),
        blob.longValue("size"),
        blob.string("client"));
  }

  // --- webhooks

  /** The deliveries so far, of one event type. */
  List<Delivery> deliveries(EventType type) {
    List<Delivery> all = new ArrayList<>();
    String next = "";
    do {
      JsonObject page =
          Json.parseObject(must(json("GET", "deliveries?limit=1000" + next, null)).body());
      page.objects("deliveries").forEach(delivery -> all.add(delivery(delivery)));
      next = page.optionalString("next").map(token -> "&next=" + token).orElse("");
    } while (!next.isEmpty());
    return all.stream()
        .filter(d -> type == EventType.ALL || d.action().equals(type.action()))
        .toList();
  }

  private static Delivery delivery(JsonObject json) {
    return new Delivery(
        json.string("id"),
        json.longValue("eventId"),
        json.string("action"),
        json.string("url"),
        Delivery.Status.valueOf(json.string("status").toUpperCase(Locale.ROOT)),
        Json.bytes(json.value("body")),
        json.objects("attempts").stream()
            .map(
                attempt ->
                    new Delivery.Attempt(
                        Math.toIntExact(attempt.longValue("number")),
                        attempt.instant("at"),
                        attempt.optionalLong("status").map(Math::toIntExact),
                        attempt.optionalString("error")))
            .toList(),
        json.optionalInstant("nextAttemptAt"));
  }

  // --- HTTP

  private HttpResponse<byte[]> json(String method, String path, @Nullable Object body) {
    return call(method, path, "application/json", body == null ? null : Json.bytes(body));
  }

  private HttpResponse<byte[]> call(
      String method, String path, String type, byte @Nullable [] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(API + path))
            .header("Content-Type", type)
            .header("Accept", type)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(base + " can't be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static HttpResponse<byte[]> must(HttpResponse<byte[]> answer) {
    if (answer.statusCode() >= 400) {
      throw new AssertionError(
          "the control API answers "
              + answer.statusCode()
              + " to "
              + answer.request().method()
              + " "
              + answer.uri()
              + ": "
              + detail(answer));
    }
    return answer;
  }

  private static String detail(HttpResponse<byte[]> answer) {
    return Json.isJson(answer.body())
        ? Json.parseObject(answer.body()).optionalString("detail").orElse("")
        : new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
