package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plain HTTP client of one simulator, as any program has it. What the control API is told and
 * answers is held to its description on the way.
 */
public final class Http {
  private static final OpenApiContract CONTRACT = new OpenApiContract();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  public Http(URI base) {
    this.base = base;
  }

  /** An answer, read as text or JSON. */
  public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public JsonObject json() {
      return Json.parseObject(body);
    }

    @SuppressWarnings("unchecked") // a JSON array reads as a list
    public List<Map<String, Object>> list() {
      return (List<Map<String, Object>>) Json.parseValue(body);
    }

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of("")).get(0);
    }
  }

  public Answer get(String path, String... headers) {
    return call("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  public Answer delete(String path) {
    return call("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  public Answer post(String path, String body, String... headers) {
    return text("POST", path, body, headers);
  }

  public Answer put(String path, String body, String... headers) {
    return text("PUT", path, body, headers);
  }

  /** A call of the control API. */
  public Answer control(String method, String path, String body) {
    return text(method, "/_simulator/api/" + path, body, "Content-Type", "application/json");
  }

  private Answer text(String method, String path, String body, String... headers) {
    return send(
        method,
        path,
        HttpRequest.BodyPublishers.ofString(body),
        body.getBytes(StandardCharsets.UTF_8),
        headers);
  }

  public Answer call(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    return send(method, path, body, null, headers);
  }

  private Answer send(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      byte @Nullable [] sent,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Answer answer = new Answer(response.statusCode(), response.headers().map(), response.body());
      CONTRACT.check(method, path, sent, answer);
      return answer;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
