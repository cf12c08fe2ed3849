package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults by operation, on both vendors' sides (simulator.md section 5). */
final class FaultsTest {
  private CloudDriveSimulator simulator;
  private Http http;
  private FilestackApp app;
  private DriveAccount alice;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    http = new Http(simulator.baseUrl());
    app = simulator.app();
    alice = simulator.account("alice@example.com");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String fault(String json) {
    Http.Answer answer = http.control("POST", "faults", json);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().string("id");
  }

  @Test
  void aStatusHasTheVendorsBodyAndFallsOnceByDefault() {
    String handle = app.link(alice, "/Documents/notes.txt").file().handle();
    fault("{\"on\":\"file.read\",\"effect\":{\"status\":503}}");
    Http.Answer failed = http.get("/api/file/" + handle);
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.text()).matches("\\[uuid=[0-9A-F]{16}] Service unavailable");
    assertThat(http.get("/api/file/" + handle).status()).isEqualTo(200);
    assertThat(http.get("/_simulator/api/faults").list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          429 | {"message":"Rate exceeded"}
          500 | {"message":"Internal failure"}
          401 | {"message":"Token has expired"}
          """)
  void theDriveSaysWhatItWasSeenToSay(int status, String body) {
    fault("{\"on\":\"drive.*\",\"effect\":{\"status\":" + status + "}}");
    Http.Answer answer = http.get("/drive/v1/account/endpoint");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(body);
  }

  @Test
  void aGatewayTimeOutHasNoBody() {
    fault("{\"on\":\"drive.account.endpoint\",\"effect\":{\"status\":504}}");
    assertThat(http.get("/drive/v1/account/endpoint").body()).isEmpty();
  }

  @Test
  void anAmazonThatFailsTwiceIsNotNoticedInAPick() {
    fault("{\"on\":\"drive.content.download\",\"effect\":{\"status\":503},\"times\":2}");
    assertThat(app.pick(alice, "/Documents/notes.txt").filesUploaded()).hasSize(1);
  }

  @Test
  void anAmazonThatFailsForGoodFailsThePickAndNothingIsStored() {
    app.webhooks().subscribe("http://127.0.0.1:9/hook", EventType.ALL);
    fault("{\"on\":\"drive.content.download\",\"effect\":{\"status\":503},\"times\":0}");
    PickResult result = app.pick(alice, "/Documents/notes.txt");
    assertThat(result.filesUploaded()).isEmpty();
    assertThat(result.filesFailed().get(0).status()).isEqualTo(502);
    assertThat(simulator.deliveries().size()).isZero();
  }

  @Test
  void aContentThatIsCutOffIsNotStored() {
    fault("{\"on\":\"drive.content.download\",\"effect\":{\"truncateAt\":10}}");
    assertThat(app.pick(alice, "/Pictures/beach.jpg").filesFailed().get(0).status()).isEqualTo(502);
    assertThat(app.pick(alice, "/Pictures/beach.jpg").filesUploaded()).hasSize(1);
  }

  @Test
  void aPathChoosesTheFile() {
    fault(
        "{\"on\":\"drive.content.download\",\"path\":\"/Pictures/*\",\"effect\":{\"status\":503},"
            + "\"times\":0}");
    assertThat(app.pick(alice, "/Documents/notes.txt").filesUploaded()).hasSize(1);
    assertThat(app.pick(alice, "/Pictures/beach.jpg").filesUploaded()).isEmpty();
  }

  @Test
  void afterAndTimesCountCalls() {
    fault(
        "{\"on\":\"drive.account.endpoint\",\"effect\":{\"status\":500},\"after\":1,\"times\":2}");
    assertThat(List.of(endpoint(), endpoint(), endpoint(), endpoint()))
        .containsExactly(401, 500, 500, 401);
  }

  private int endpoint() {
    return http.get("/drive/v1/account/endpoint").status();
  }

  @Test
  void aThrottleLetsSomeThrough() {
    String id =
        fault("{\"on\":\"drive.account.endpoint\",\"effect\":{\"throttle\":{\"perSecond\":1}}}");
    List<Integer> statuses = List.of(endpoint(), endpoint(), endpoint(), endpoint());
    assertThat(statuses).contains(401, 429);
    assertThat(http.delete("/_simulator/api/faults/" + id).status()).isEqualTo(204);
    assertThat(endpoint()).isEqualTo(401);
  }

  @Test
  void aResetBreaksTheConnectionOff() {
    fault("{\"on\":\"file.read\",\"effect\":{\"reset\":true},\"times\":0}");
    assertThatThrownBy(() -> http.get("/api/file/x")).isInstanceOf(UncheckedIOException.class);
    assertThat(http.get("/_simulator/health").status()).isEqualTo(200);
  }

  @Test
  void aTruncatedAnswerEndsEarly() {
    String handle = app.pick(alice, "/Pictures/beach.jpg").file().handle();
    fault("{\"on\":\"cdn.process\",\"effect\":{\"truncateAt\":1000}}");
    assertThatThrownBy(() -> http.get("/" + handle)).isInstanceOf(UncheckedIOException.class);
    assertThat(http.get("/" + handle).body()).hasSize(88_961);
  }

  @Test
  void delaysAndSlowBodiesStillArriveWhole() {
    String handle = app.pick(alice, "/Documents/notes.txt").file().handle();
    fault("{\"on\":\"cdn.process\",\"effect\":{\"delay\":\"PT0.05S\"}}");
    fault("{\"on\":\"cdn.process\",\"effect\":{\"bytesPerSecond\":1000}}");
    assertThat(http.get("/" + handle).body()).isEqualTo(alice.read("/Documents/notes.txt").get());
  }

  @Test
  void aResetOfTheWorldForgetsFaults() {
    fault("{\"on\":\"drive.*\",\"effect\":{\"status\":500},\"times\":0}");
    simulator.reset();
    assertThat(endpoint()).isEqualTo(401);
  }

  @Test
  void webhooksAreDuplicatedLostOrSignedWrongly() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      String secret = app.webhooks().subscribe(receiver, EventType.UPLOAD).get(0).secret();
      fault("{\"on\":\"webhook.deliver\",\"effect\":{\"duplicate\":2}}");
      pick();
      assertThat(receiver.received()).hasSize(2);
      fault("{\"on\":\"webhook.deliver\",\"effect\":{\"badSignature\":true}}");
      pick();
      assertThat(receiver.received().get(2).isSignedWith(secret)).isFalse();
      fault("{\"on\":\"webhook.deliver\",\"effect\":{\"skew\":\"PT10M\"}}");
      pick();
      assertThat(receiver.received().get(3).isSignedWith(secret)).isTrue();
      assertThat(receiver.received().get(3).header("FS-Timestamp"))
          .contains(Long.toString(simulator.clock().now().getEpochSecond() - 600));
      fault("{\"on\":\"webhook.deliver\",\"effect\":{\"drop\":true}}");
      pick();
      assertThat(receiver.received()).hasSize(4);
      simulator.clock().advance(Duration.ofMinutes(5));
      assertThat(receiver.received()).hasSize(5);
    }
  }

  private void pick() {
    app.link(alice, "/Documents/notes.txt");
    simulator.clock().settle();
  }

  @Test
  void aWebhookThatIsReorderedComesAfterTheNext() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      app.webhooks().subscribe(receiver, EventType.UPLOAD);
      fault("{\"on\":\"webhook.deliver\",\"effect\":{\"reorder\":true}}");
      pick();
      assertThat(receiver.received()).isEmpty();
      app.link(alice, "/Documents/ferry.pdf");
      simulator.clock().settle();
      assertThat(receiver.received()).hasSize(2);
      assertThat(receiver.received().get(0).text()).contains("ferry.pdf");
      assertThat(receiver.received().get(1).text()).contains("notes.txt");
      simulator.clock().advance(Duration.ofHours(1));
      assertThat(receiver.received()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"on":"drive.content.downlaod","effect":{"status":503}} | did you mean drive.content.download?
          {"on":"file.read","effect":{"status":9}} | from 100 to 599
          {"on":"file.read","effect":{"drop":true}} | this effect is one of webhook.deliver
          {"on":"file.read","effect":{}} | exactly one key
          {"on":"file.read","effect":{"stauts":503}} | did you mean "status"?
          {"on":"file.read","effect":{"delay":"PT2H"}} | a delay of PT0S
          {"on":"file.read","effect":{"reset":true},"times":-1} | 0 or more
          """)
  void whatIsNoFaultIsRefused(String json, String words) {
    Http.Answer answer = http.control("POST", "faults", json);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().string("detail")).contains(words);
  }
}
