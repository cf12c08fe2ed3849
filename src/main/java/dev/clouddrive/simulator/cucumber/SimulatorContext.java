package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.PickResult;
import dev.clouddrive.simulator.WebhookReceiver;
import io.cucumber.java.After;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one scenario share. The simulator starts on the first step that needs it, so
 * that scenarios of a host project that use none of it pay nothing. Inject it into your own step
 * definitions to reach the simulator.
 */
public final class SimulatorContext {
  /** System property: the base URL of a simulator that runs elsewhere, to run the steps against. */
  public static final String TARGET = "clouddrive.target";

  /** System property: the admin token of that simulator. */
  public static final String TOKEN = "clouddrive.admin-token";

  private final @Nullable String elsewhere = System.getProperty(TARGET);
  private final CloudDriveSimulator.Builder builder = CloudDriveSimulator.builder();
  private final List<WebhookReceiver> receivers = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Of each person, by email. */
  private final Map<String, Browser> browsers = new HashMap<>();

  private @Nullable Browser browser;

  private @Nullable CloudDriveSimulator simulator;
  private @Nullable Target target;
  private @Nullable PickResult picked;
  private @Nullable String handle;
  private @Nullable HttpResponse<byte[]> response;
  private String bearer = "";

  /** Sets the virtual time; before anything else has happened, that is where it starts. */
  void freezeAt(Instant instant) {
    if (target == null) {
      builder.frozenAt(instant);
    } else {
      target.freezeAt(instant);
    }
  }

  CloudDriveSimulator.Builder builder() {
    return builder;
  }

  /**
   * The simulator of this scenario.
   *
   * @throws IllegalStateException if the features run against another one, by {@value #TARGET}
   */
  public CloudDriveSimulator simulator() {
    if (elsewhere != null) {
      throw new IllegalStateException(
          "the features run against " + elsewhere + ", which is not of this JVM");
    }
    CloudDriveSimulator running = simulator;
    if (running == null) {
      running = builder.start();
      simulator = running;
    }
    return running;
  }

  /** The simulator, by its control API; its world is the sample world at first. */
  Target target() {
    Target reached = target;
    if (reached == null) {
      if (elsewhere == null) {
        reached = new Target(simulator().baseUrl(), http, null);
      } else {
        reached = new Target(URI.create(elsewhere), http, System.getProperty(TOKEN));
        // The world that a simulator of our own would begin with.
        try (CloudDriveSimulator model = builder.start()) {
          reached.load(new Target(model.baseUrl(), http, null).world());
        }
      }
      target = reached;
    }
    return reached;
  }

  /** Where the simulator listens. */
  public URI baseUrl() {
    return target().base();
  }

  /** The application's key. */
  public String apikey() {
    return target().app().apikey();
  }

  /** What a person sees, who is the one that acts from now on. */
  Browser browser(String person) {
    Browser own = browsers.computeIfAbsent(email(person), email -> new Browser(this::baseUrl));
    browser = own;
    return own;
  }

  /** What the person sees who has acted last. */
  Browser browser() {
    Browser last = browser;
    if (last == null) {
      throw new AssertionError("nobody has opened a page yet");
    }
    return last;
  }

  /** Whether any step has needed the simulator. */
  boolean isUsed() {
    return target != null;
  }

  /** The email of somebody who is named by first name. */
  String email(String name) {
    return name.contains("@") ? name : name.toLowerCase(java.util.Locale.ROOT) + "@example.com";
  }

  /** A receiver of the application, subscribed to an event type. */
  WebhookReceiver subscribe(EventType type) {
    WebhookReceiver receiver = WebhookReceiver.start();
    receivers.add(receiver);
    target().subscribe(receiver.url(), type);
    return receiver;
  }

  /** The receivers, in the order in which they were subscribed. */
  public List<WebhookReceiver> receivers() {
    return receivers;
  }

  /** The application's receiver, where there is one alone. */
  public WebhookReceiver receiver() {
    if (receivers.isEmpty()) {
      throw new AssertionError("no receiver is subscribed yet");
    }
    return receivers.get(0);
  }

  void picked(PickResult result) {
    picked = result;
    if (!result.filesUploaded().isEmpty()) {
      handle = result.filesUploaded().get(0).handle();
    }
  }

  void handle(String newHandle) {
    handle = newHandle;
  }

  /** The handle of the file that was picked or stored last. */
  public String handle() {
    String last = handle;
    if (last == null) {
      throw new AssertionError("no file was picked or stored yet");
    }
    return last;
  }

  /** What the picker gave the application last. */
  public PickResult picked() {
    PickResult last = picked;
    if (last == null) {
      throw new AssertionError("nothing was picked yet");
    }
    return last;
  }

  /** The deliveries of one event type, after everything that is due has run. */
  List<Delivery> deliveries(EventType type) {
    target().settle();
    return target().deliveries(type);
  }

  /** Asks a URL; the answer is kept. */
  HttpResponse<byte[]> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  /** Sends a request; the answer is kept. */
  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      response = answer;
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  void bearer(String accessToken) {
    bearer = accessToken;
  }

  /** The access token that an app was given last; empty without one. */
  public String bearer() {
    return bearer;
  }

  /** The last answer. */
  HttpResponse<byte[]> response() {
    HttpResponse<byte[]> last = response;
    if (last == null) {
      throw new AssertionError("nothing was asked yet");
    }
    return last;
  }

  /**
   * Ends what the scenario has started, after its other hooks. The hook also makes this a class
   * that Cucumber's object factories know: Spring's takes no other into account.
   */
  @After(order = 0)
  public void close() {
    receivers.forEach(WebhookReceiver::close);
    if (simulator != null) {
      simulator.close();
    }
  }
}
