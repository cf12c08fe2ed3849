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

/** A plain HTTP client of one simulator, as any program has it. */
public final class Http {
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
    return call("POST", path, HttpRequest.BodyPublishers.ofString(body), headers);
  }

  public Answer put(String path, String body, String... headers) {
    return call("PUT", path, HttpRequest.BodyPublishers.ofString(body), headers);
  }

  /** A call of the control API. */
  public Answer control(String method, String path, String body) {
    return call(
        method,
        "/_simulator/api/" + path,
        HttpRequest.BodyPublishers.ofString(body),
        "Content-Type",
        "application/json");
  }

  public Answer call(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
