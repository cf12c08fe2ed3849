package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The control API over real HTTP, as a program in any language uses it (simulator.md section 5).
 */
final class ControlApiTest {
  private static final String KEY = "ASimKey0000000000000Az";

  private CloudDriveSimulator simulator;
  private Http http;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    http = new Http(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static String pick(String mode) {
    return "{\"apikey\":\""
        + KEY
        + "\",\"account\":\"alice@example.com\",\"source\":\"clouddrive\","
        + "\"paths\":[\"/Pictures/beach.jpg\"],\"mode\":\""
        + mode
        + "\"}";
  }

  private List<Map<String, Object>> subscribe(String url, String event) {
    Http.Answer answer =
        http.control(
            "POST",
            "apps/" + KEY + "/webhooks",
            Json.text(Json.object("url", url, "event", event)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.list();
  }

  @Test
  void theMainJobOverPlainHttp() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.alwaysAnswer(503);
      subscribe(receiver.url(), "fp.upload");
      http.control("PUT", "clock", "{\"mode\":\"frozen\"}");
      JsonObject picked = http.control("POST", "picks", pick("store")).json();
      String handle = picked.objects("filesUploaded").get(0).string("handle");
      JsonObject advanced = http.control("POST", "clock/advance", "{\"by\":\"PT12H\"}").json();
      assertThat(advanced.string("from")).isEqualTo("2015-10-07T22:41:05.000Z");
      assertThat(advanced.string("now")).isEqualTo("2015-10-08T10:41:05.000Z");
      assertThat(advanced.objects("ran"))
          .extracting(ran -> ran.string("what") + " " + ran.string("at"))
          .containsExactly(
              "webhook-attempt 2015-10-07T22:41:05.000Z",
              "webhook-attempt 2015-10-07T22:46:05.000Z",
              "webhook-attempt 2015-10-07T23:41:05.000Z",
              "webhook-attempt 2015-10-08T10:41:05.000Z");
      JsonObject delivery =
          http.get("/_simulator/api/deliveries?status=failed&action=fp.upload")
              .json()
              .objects("deliveries")
              .get(0);
      assertThat(delivery.objects("attempts"))
          .extracting(attempt -> attempt.longValue("status"))
          .containsExactly(503L, 503L, 503L, 503L);
      assertThat(delivery.has("nextAttemptAt")).isFalse();
      assertThat(receiver.received())
          .hasSize(4)
          .extracting(WebhookReceiver.Received::text)
          .containsOnly(receiver.received().get(0).text());
      assertThat(http.get("/api/file/" + handle).body())
          .isEqualTo(simulator.account("alice@example.com").read("/Pictures/beach.jpg").get());
    }
  }

  @Test
  void allMakesOneEntryForEachTypeWithOneSecret() {
    List<Map<String, Object>> entries = subscribe("http://127.0.0.1:9/hook", "All");
    assertThat(entries).extracting(entry -> entry.get("event")).doesNotHaveDuplicates();
    assertThat(entries)
        .extracting(entry -> entry.get("secret"))
        .containsOnly(entries.get(0).get("secret"));
    Object id = entries.get(0).get("id");
    assertThat(http.delete("/_simulator/api/apps/" + KEY + "/webhooks/" + id).status())
        .isEqualTo(204);
    assertThat(http.get("/_simulator/api/apps/" + KEY + "/webhooks").list())
        .hasSize(entries.size() - 1);
    assertThat(subscribe("http://127.0.0.1:9/hook", "fp.convert"))
        .extracting(entry -> entry.get("event"))
        .containsExactly("fp.converse");
  }

  @Test
  void theTestButtonSendsTheSampleOfItsType() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      for (Map<String, Object> entry : subscribe(receiver.url(), "all")) {
        Http.Answer answer =
            http.control("POST", "apps/" + KEY + "/webhooks/" + entry.get("id") + "/test", "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      }
      simulator.clock().settle();
      assertThat(receiver.received()).hasSize(9);
    }
  }

  @Test
  void anEventByHandHasToFitItsSchema() {
    Http.Answer broken =
        http.control(
            "POST",
            "apps/" + KEY + "/events",
            "{\"action\":\"fp.export\",\"text\":{\"source\":\"\",\"client\":7}}");
    assertThat(broken.status()).isEqualTo(422);
    assertThat(broken.json().objects("errors"))
        .extracting(error -> error.string("pointer"))
        .contains("/text", "/text/client");
    assertThat(
            http.control("POST", "apps/" + KEY + "/events", "{\"action\":\"fp.export\"}").status())
        .isEqualTo(201);
    List<JsonObject> events =
        http.get("/_simulator/api/apps/" + KEY + "/events").json().objects("events");
    assertThat(events)
        .extracting(event -> event.optionalBoolean("valid").orElseThrow())
        .containsExactly(false, true);
    assertThat(simulator.deliveries().size()).isZero();
  }

  @Test
  void aReceiverThatCallsBackDoesNotHangTheSimulator() throws Exception {
    try (CallingReceiver receiver = new CallingReceiver(http)) {
      subscribe(receiver.url(), "fp.upload");
      http.control("POST", "picks", pick("store"));
      CompletableFuture<Http.Answer> advance =
          CompletableFuture.supplyAsync(
              () -> http.control("POST", "clock/advance", "{\"by\":\"PT12H\"}"));
      assertThat(advance.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(receiver.reads()).isNotEmpty().containsOnly(200);
      assertThat(receiver.moves()).isNotEmpty().containsOnly(409);
      assertThat(simulator.deliveries().single().attempts()).hasSize(4);
    }
  }

  @Test
  void aDeliveryCanBeSentAgain() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.alwaysAnswer(500);
      subscribe(receiver.url(), "fp.upload");
      http.control("POST", "picks", pick("link"));
      simulator.clock().advance(java.time.Duration.ofHours(12));
      receiver.alwaysAnswer(204);
      String id = simulator.deliveries().single().id();
      assertThat(http.control("POST", "deliveries/" + id + "/redeliver", "").status())
          .isEqualTo(202);
      simulator.clock().settle();
      assertThat(simulator.deliveries().single().status()).isEqualTo(Delivery.Status.DELIVERED);
      assertThat(simulator.deliveries().single().attempts()).hasSize(5);
    }
  }

  @Test
  void filesOfAnAccountArePutReadListedAndRemoved() {
    String files = "/_simulator/api/accounts/bob@example.com/files";
    assertThat(http.put(files + "/a%20b/%C3%BC.txt", "hello").status()).isEqualTo(201);
    assertThat(http.get(files + "/a%20b/%C3%BC.txt").text()).isEqualTo("hello");
    assertThat(http.get(files).list())
        .extracting(file -> file.get("path"), file -> file.get("kind"), file -> file.get("md5"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/a b", "FOLDER", null),
            org.assertj.core.groups.Tuple.tuple(
                "/a b/ü.txt", "FILE", "5d41402abc4b2a76b9719d911017c592"));
    assertThat(http.delete(files + "/a%20b").status()).isEqualTo(204);
    assertThat(http.get(files).list()).isEmpty();
    assertThat(
            http.control(
                    "POST",
                    "accounts/bob@example.com/generate",
                    "{\"folder\":\"/bulk\",\"count\":300,\"size\":10,\"seed\":1}")
                .status())
        .isEqualTo(201);
    assertThat(http.get(files).list()).hasSize(301);
  }

  @Test
  void aResetGoesBackToTheLoadedWorld() {
    String before = http.get("/_simulator/api/world").text();
    http.control("POST", "picks", pick("store"));
    simulator.account("alice@example.com").delete("/Pictures");
    simulator.clock().advance(java.time.Duration.ofHours(1));
    assertThat(http.get("/_simulator/api/world").text()).isNotEqualTo(before);
    assertThat(http.control("POST", "reset", "").status()).isEqualTo(204);
    assertThat(http.get("/_simulator/api/world").text()).isEqualTo(before);
  }

  @Test
  void theSameCallsGiveTheSameWorld() {
    String first = worldAfterPicking();
    http.control("POST", "reset", "");
    assertThat(worldAfterPicking()).isEqualTo(first);
  }

  private String worldAfterPicking() {
    http.control("POST", "picks", pick("store"));
    http.control("POST", "picks", pick("link"));
    return http.get("/_simulator/api/world").text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | picks | {"apikey":"ASimKey0000000000000Ax","account":"alice@example.com","paths":["/x"]} | 404 | did you mean "ASimKey0000000000000Az"?
          POST | picks | {"apikey":"ASimKey0000000000000Az","account":"alice@example.com"} | 400 | /paths: name at least one file
          POST | picks | {"apikey":"ASimKey0000000000000Az","account":"alice@example.com","paths":["/x"],"mode":"stor"} | 400 | did you mean store?
          POST | picks | {"paths":"x"} | 400 | an array is expected here, not a string
          POST | picks | {"apikey": | 400 | this is not JSON
          POST | picks | [] | 400 | an object is expected here, not an array
          POST | exports | {"apikey":"ASimKey0000000000000Az","account":"alice@example.com","handle":"nope","filename":"a/b"} | 400 | /filename
          POST | exports | {"apikey":"ASimKey0000000000000Az","account":"alice@example.com","handle":"nope","filename":"a"} | 404 | could not be fetched
          POST | clock/advance | {"by":"soon"} | 400 | a duration such as PT5M
          POST | clock/advance | {} | 400 | give one of
          POST | clock/advance | {"to":"+1000000000-12-31T23:59:59Z"} | 400 | ends with the year 9999
          PUT | clock | {"now":"2015-10-09T00:00:00Z","speed":-1} | 400 | above 0
          POST | accounts/bob@example.com/generate | {"count":10,"size":4611686018427387904} | 409 | raise quotaBytes
          POST | clock/advance | {"by":"-PT1S"} | 409 | never moves backwards
          POST | clock/advance | {"to":"2015-10-07T22:41:04Z"} | 409 | never moves backwards
          PUT | clock | {"mode":"frosen"} | 400 | running or frozen is expected
          PUT | clock | {"speed":0} | 400 | above 0
          POST | accounts | {"email":"alice@example.com"} | 409 | already
          POST | accounts | {"mail":"x"} | 400 | did you mean "email"?
          DELETE | accounts/alic@example.com | | 404 | did you mean "alice@example.com"?
          PUT | accounts/alice@example.com/files/a/../../b | x | 400 | a path holds names alone
          PUT | accounts/alice@example.com/files/a%2Fb | x | 400 | a path holds names alone
          PUT | accounts/alice@example.com/files/Pictures | x | 409 | is a folder there
          GET | accounts/alice@example.com/files/none.txt | | 404 | there is no file
          POST | accounts/alice@example.com/tokens | {"scope":"clouddrive:reed_all"} | 404 | did you mean "clouddrive:read_all"?
          POST | accounts/alice@example.com/tokens | {"expiresIn":0} | 400 | seconds are expected
          POST | apps | {"apikey":"ASimKey0000000000000Az"} | 409 | already
          POST | apps | {"store":{"location":"s4"}} | 400 | did you mean s3?
          POST | apps/ASimKey0000000000000Az/webhooks | {"url":"ftp://x","event":"all"} | 400 | is not an http or https URL
          POST | apps/ASimKey0000000000000Az/webhooks | {"url":"http://x/","event":"fp.uplaod"} | 400 | did you mean fp.upload?
          POST | apps/ASimKey0000000000000Az/events | {"action":"fp.uplaod"} | 404 | did you mean "fp.upload"?
          GET | deliveries?status=lost | | 400 | known are pending, delivered, failed
          GET | deliveries/none | | 404 | there is no delivery
          GET | nothing | | 404 | there is no such control call
          PATCH | clock | {} | 405 | is not for this
          PUT | options | {"webhook.retryProfil":"classic"} | 400 | did you mean "webhook.retryProfile"?
          PUT | options | {"webhook.retryProfile":"clasic"} | 400 | did you mean classic?
          """)
  void badInputIsToldWithTheMend(
      String method, String path, String body, int status, String words) {
    Http.Answer answer = http.control(method, path, body == null ? "" : body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().string("detail")).contains(words);
    assertThat(answer.json().longValue("status")).isEqualTo(status);
    assertThat(http.get("/_simulator/health").status()).isEqualTo(200);
  }

  @Test
  void webPagesOfOtherOriginsCanNotUseIt() throws Exception {
    assertThat(http.get("/_simulator/api/clock", "Origin", "https://evil.example").status())
        .isEqualTo(403);
    assertThat(http.get("/_simulator/api/clock", "Origin", simulator.baseUrl().toString()).status())
        .isEqualTo(200);
    assertThat(raw("GET /_simulator/api/clock HTTP/1.1\r\nHost: evil.example\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(
            http.post(
                    "/_simulator/api/picks",
                    pick("link"),
                    "Content-Type",
                    "text/plain",
                    "Origin",
                    simulator.baseUrl().toString())
                .status())
        .isEqualTo(415);
  }

  @Test
  void aForwardedHostDoesNotHideAForeignOne() throws Exception {
    assertThat(
            raw(
                "GET /_simulator/api/world HTTP/1.1\r\nHost: evil.example\r\n"
                    + "X-Forwarded-Host: 127.0.0.1\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void nothingButFilesCanBeSaved() {
    for (String path : List.of("/_simulator/api/world", "/drive/v1/nodes", "/folder/list", "/")) {
      Http.Answer answer =
          http.post(
              "/api/path/Clouddrive/stolen.json",
              "key=" + KEY + "&url=" + simulator.baseUrl() + path);
      assertThat(answer.text()).as(path).doesNotContain("filename");
    }
    http.control("POST", "picks", pick("store"));
    http.control(
        "POST",
        "exports",
        "{\"apikey\":\""
            + KEY
            + "\",\"account\":\"bob@example.com\",\"handle\":"
            + "\"../../_simulator/api/world\",\"filename\":\"stolen.json\"}");
    assertThat(simulator.account("bob@example.com").files()).isEmpty();
  }

  @Test
  void aRedeliveryThatFailsLeavesWhatWasDelivered() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      subscribe(receiver.url(), "fp.upload");
      http.control("POST", "picks", pick("link"));
      simulator.clock().settle();
      receiver.alwaysAnswer(500);
      String id = simulator.deliveries().single().id();
      http.control("POST", "deliveries/" + id + "/redeliver", "");
      simulator.clock().settle();
      assertThat(simulator.deliveries().single().attempts()).hasSize(2);
      assertThat(simulator.deliveries().single().status()).isEqualTo(Delivery.Status.DELIVERED);
    }
  }

  @Test
  void aRedeliveryThatSucceedsEndsTheRetries() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.answer(500, 200);
      subscribe(receiver.url(), "fp.upload");
      http.control("POST", "picks", pick("link"));
      simulator.clock().settle();
      assertThat(simulator.clock().pending()).hasSize(1);
      String id = simulator.deliveries().single().id();
      http.control("POST", "deliveries/" + id + "/redeliver", "");
      simulator.clock().settle();
      assertThat(simulator.clock().pending()).isEmpty();
      assertThat(simulator.deliveries().single().status()).isEqualTo(Delivery.Status.DELIVERED);
    }
  }

  @Test
  void readingTheWorldLeavesTheNextReportAlone() {
    subscribe("http://127.0.0.1:9/hook", "fp.upload");
    http.control("POST", "picks", pick("link"));
    http.get("/_simulator/api/world");
    assertThat(http.control("POST", "clock/settle", "").json().objects("ran")).hasSize(1);
  }

  @Test
  void whoIsNotLoggedInIsToldWhereTo() {
    Http.Answer listed =
        http.post(
            "/folder/list",
            "{\"apikey\":\"" + KEY + "\",\"clouds\":{\"clouddrive\":{\"path\":\"/\"}}}");
    assertThat(listed.json().object("clouddrive").object("auth").string("redirect_url"))
        .startsWith(simulator.baseUrl() + "/auth/clouddrive/open?state=");
  }

  @Test
  void aTokenIsAskedForWhereOneIsSet() {
    try (CloudDriveSimulator guarded = CloudDriveSimulator.builder().adminToken("t0ken").start()) {
      Http own = new Http(guarded.baseUrl());
      assertThat(own.get("/_simulator/api/clock").status()).isEqualTo(401);
      assertThat(own.get("/_simulator/api/clock", "Authorization", "Bearer t0ken").status())
          .isEqualTo(200);
      assertThat(own.get("/_simulator/health").status()).isEqualTo(200);
    }
  }

  @Test
  void hugeHeadersAndBrokenRequestsGetAnAnswerAndTheServerGoesOn() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "a".repeat(1_000_000) + "\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(raw("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n"))
        .startsWith("HTTP/1.1 414");
    assertThat(raw("nonsense\r\n")).startsWith("HTTP/1.1 400");
    for (String surface : List.of("/store/", "/folder/list", "/_simulator/api/picks")) {
      assertThat(
              raw(
                  "POST "
                      + surface
                      + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                      + "Content-Length: 100\r\n\r\n{\"apikey\":"))
          .as(surface)
          .startsWith("HTTP/1.1 400");
    }
    assertThat(http.get("/_simulator/health").status()).isEqualTo(200);
  }

  @Test
  void whatWasGivenIsNotQuotedWithoutEnd() {
    Http.Answer refused =
        http.control("PUT", "clock", "{\"mode\":\"" + "x".repeat(100_000) + "\"}");
    assertThat(refused.json().string("detail"))
        .startsWith("/mode: running or frozen")
        .hasSize(2_000);
  }

  @Test
  void everySurfaceTellsWhatIsWrongWithItsJson() {
    assertThat(http.post("/folder/list", "{").json().string("error")).startsWith("Invalid JSON");
    assertThat(http.post("/folder/list", "{\"apikey\":7}").status()).isEqualTo(400);
    assertThat(http.post("/store/", "{\"apikey\":\"" + KEY + "\",\"clouds\":[]}").status())
        .isEqualTo(400);
    assertThat(http.post("/store/", "{\"apikey\":\"nope\",\"clouds\":{}}").status()).isEqualTo(404);
    assertThat(http.get("/api/file/nope").text()).matches("\\[uuid=[0-9A-F]{16}] File not found");
    assertThat(http.get("/nope").text()).isEqualTo("file not found\n");
    assertThat(http.get("/api/file/nope?key=wrong").text()).isEqualTo("Invalid Application");
    assertThat(http.get("/AWrongKey000000000000z/nope").text())
        .isEqualTo("storage provider error: Invalid Application (idx 0)\n");
    assertThat(http.post("/api/path/Clouddrive/a.txt", "js_session={").status()).isEqualTo(400);
    assertThat(http.post("/api/path/Nowhere/a.txt", "key=" + KEY + "&url=x").status())
        .isEqualTo(404);
  }

  @Test
  void browsersMayCallFilestackFromOtherOrigins() {
    Http.Answer preflight =
        http.call(
            "OPTIONS",
            "/folder/list",
            HttpRequest.BodyPublishers.noBody(),
            "Origin",
            "http://app.test",
            "Access-Control-Request-Headers",
            "filestack-trace-id");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("http://app.test");
    assertThat(preflight.header("Access-Control-Allow-Headers")).isEqualTo("filestack-trace-id");
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    List<Map<String, Object>> operations = http.get("/_simulator/api/operations").list();
    assertThat(operations)
        .extracting(operation -> operation.get("name"))
        .contains("drive.nodes.list", "cloud.store", "login.token")
        .doesNotHaveDuplicates();
  }

  @Test
  void theConsoleIsServed() {
    assertThat(http.get("/_simulator/").text()).contains("<h1>clouddrive-simulator</h1>");
    assertThat(http.get("/_simulator/console.js").header("Content-Type"))
        .isEqualTo("text/javascript; charset=utf-8");
    assertThat(http.get("/icons/folder.png").header("Content-Type")).isEqualTo("image/png");
  }

  /** Sends a request as it is and gives the beginning of the answer. */
  private String raw(String head) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readNBytes(300), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void everyDeliveryIsAttemptedWhileTheClockRuns() {
    try (CloudDriveSimulator running = CloudDriveSimulator.start();
        WebhookReceiver one = WebhookReceiver.start()) {
      running.app().webhooks().subscribe(one, EventType.UPLOAD);
      Http own = new Http(running.baseUrl());
      for (int i = 0; i < 2_000; i++) {
        own.control("POST", "apps/ASimKey0000000000000Az/events", "{\"action\":\"fp.upload\"}");
      }
      running.clock().settle();
      assertThat(one.received()).hasSize(2_000);
    }
  }
}
