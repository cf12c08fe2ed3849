package consumer;

import static dev.clouddrive.simulator.assertions.SimulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.DriveAccount;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.PickResult;
import dev.clouddrive.simulator.SimulatorException;
import dev.clouddrive.simulator.WebhookReceiver;
import dev.clouddrive.simulator.junit.CloudDriveTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a test of somebody else's does with the simulator, on that project's class path. */
@CloudDriveTest(frozenAt = "2015-10-07T22:41:05Z")
class PhotoImportTest {

  @Test
  void aPickedPhotoIsToldOfUntilTheReceiverTakesIt(
      CloudDriveSimulator simulator,
      FilestackApp app,
      DriveAccount alice,
      WebhookReceiver receiver)
      throws Exception {
    receiver.answer(503, 200);
    app.webhooks().subscribe(receiver, EventType.ALL);
    PickResult picked = app.pick(alice, "/Pictures/beach.jpg");
    simulator.clock().advance(Duration.ofMinutes(5));
    assertThat(simulator.deliveries())
        .single(EventType.UPLOAD)
        .isDelivered()
        .wasAttemptedAfter(Duration.ZERO, Duration.ofMinutes(5));
    HttpResponse<byte[]> small =
        get(simulator.baseUrl().resolve("/resize=width:100/" + picked.file().handle()));
    assertThat(small.statusCode()).isEqualTo(200);
    assertThat(small.body()).startsWith(0xFF, 0xD8).hasSizeLessThan(20_000);
    app.export(simulator.account("bob@example.com"), picked.file().handle(), "/", "saved.jpg");
    assertThat(simulator.account("bob@example.com")).hasOnlyFiles("/saved.jpg");
  }

  @Test
  void theControlApiIsThere(CloudDriveSimulator simulator) throws Exception {
    HttpResponse<byte[]> clock = get(simulator.baseUrl().resolve("/_simulator/api/clock"));
    assertThat(new String(clock.body())).contains("\"now\":\"2015-10-07T22:41:05.000Z\"");
  }

  @Test
  void theClassPathStaysSmall() {
    for (String foreign :
        new String[] {
          "org.eclipse.jetty.server.Server",
          "com.github.tomakehurst.wiremock.WireMockServer",
          "ch.qos.logback.classic.Logger",
          "io.cucumber.java.en.Given",
          "picocli.CommandLine",
          "org.h2.mvstore.MVStore",
          "org.apache.pdfbox.Loader"
        }) {
      assertThatThrownBy(() -> Class.forName(foreign)).isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void whatIsMissingIsSaidInOneSentence(CloudDriveSimulator simulator) {
    assertThatThrownBy(() -> simulator.stub("{\"request\":{},\"response\":{\"status\":200}}"))
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("org.wiremock:wiremock");
    assertThatThrownBy(() -> CloudDriveSimulator.builder().data(Path.of("target/data")))
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("com.h2database:h2-mvstore");
  }

  private static HttpResponse<byte[]> get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
