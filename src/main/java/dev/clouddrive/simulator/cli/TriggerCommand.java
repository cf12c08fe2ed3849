package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.json.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one webhook that is valid by its schema (simulator.md section 4). */
@Command(
    name = "trigger",
    description = "Sends one schema-valid webhook to a receiver.",
    mixinStandardHelpOptions = true)
final class TriggerCommand implements Callable<Integer> {
  private static final String SAMPLES = "dev/clouddrive/simulator/schemas/webhook/samples/";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ACTION", description = "such as fp.upload")
  private String action;

  @Option(names = "--to", paramLabel = "URL", required = true, description = "the receiver")
  private String to;

  @Option(
      names = "--secret",
      paramLabel = "S",
      defaultValue = "${env:CLOUDDRIVE_SECRET:-" + Option.NULL_VALUE + "}",
      description = "signs with this secret (one of its own)")
  private String secret;

  @Option(
      names = "--set",
      paramLabel = "pointer=value",
      description = "changes a value, such as /text/filename=other.jpg; JSON, or a text")
  private Map<String, String> changes = Map.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, @Nullable Object> text = sample();
    changes.forEach((pointer, value) -> set(text, pointer, value));
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      String app = "/_simulator/api/apps/" + simulator.app().apikey();
      Map<String, @Nullable Object> entry = Json.object("url", to, "event", action);
      if (secret != null) {
        entry.put("secret", secret);
      }
      post(simulator, app + "/webhooks", entry);
      post(simulator, app + "/events", Json.object("action", action, "text", text));
      simulator.clock().settle();
      return told(simulator.deliveries().single());
    }
  }

  private Map<String, @Nullable Object> sample() throws IOException {
    List<String> known =
        Arrays.stream(EventType.values())
            .filter(type -> type != EventType.ALL)
            .map(EventType::action)
            .toList();
    try (InputStream in =
        TriggerCommand.class.getClassLoader().getResourceAsStream(SAMPLES + action + ".json")) {
      if (in == null || !known.contains(action)) {
        throw new ParameterException(
            spec.commandLine(),
            "there is no event "
                + action
                + Nearest.of(action, known)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; known are " + String.join(", ", known)));
      }
      return Json.parseObject(in.readAllBytes()).toMap();
    }
  }

  @SuppressWarnings("unchecked") // the objects of a sample are maps
  private void set(Map<String, @Nullable Object> text, String pointer, String value) {
    String[] names = pointer.split("/");
    if (!pointer.startsWith("/text/") || names.length < 3) {
      throw new ParameterException(
          spec.commandLine(), "--set takes a pointer below /text, not " + pointer);
    }
    Map<String, @Nullable Object> object = text;
    for (int i = 2; i < names.length - 1; i++) {
      if (!(object.get(unescape(names[i])) instanceof Map<?, ?> inner)) {
        throw new ParameterException(
            spec.commandLine(), pointer + " leads nowhere: " + names[i] + " is no object");
      }
      object = (Map<String, @Nullable Object>) inner;
    }
    object.put(unescape(names[names.length - 1]), value(value));
  }

  private static String unescape(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }

  private static @Nullable Object value(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Json.isJson(bytes) ? Json.parseValue(bytes) : text;
  }

  private static void post(CloudDriveSimulator simulator, String path, Object body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(simulator.baseUrl().resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 400) {
      throw new IllegalArgumentException(detail(answer.body()));
    }
  }

  private static String detail(byte[] problem) {
    try {
      JsonObject json = Json.parseObject(problem);
      return json.optionalString("detail").orElse("")
          + (json.has("errors") ? ": " + Json.text(json.value("errors")) : "");
    } catch (JsonException e) {
      return new String(problem, StandardCharsets.UTF_8);
    }
  }

  private int told(Delivery delivery) {
    Delivery.Attempt attempt = delivery.attempts().get(0);
    spec.commandLine().getOut().println(delivery.text());
    spec.commandLine()
        .getOut()
        .println(
            to
                + " "
                + attempt
                    .status()
                    .map(status -> "answered " + status)
                    .orElse("did not answer: " + attempt.error().orElse("")));
    spec.commandLine().getOut().flush();
    return delivery.status() == Delivery.Status.DELIVERED ? 0 : Main.NO;
  }
}
