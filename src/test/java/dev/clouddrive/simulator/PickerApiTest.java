package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a picker loads and asks (filestack.md 2.1 and 2.6). */
final class PickerApiTest {
  private static final String KEY = "ASimKey0000000000000Az";

  private static CloudDriveSimulator simulator;
  private static Http http;

  @BeforeAll
  static void start() {
    simulator = CloudDriveSimulator.start();
    http = new Http(simulator.baseUrl());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void reset() {
    simulator.reset();
  }

  @Test
  void theScriptIsServedUnderEveryVersionsAddress() {
    for (String path :
        List.of(
            "/picker/v3/picker-0.12.11.js",
            "/picker/1.4.4/picker.js",
            "/picker/1.36.10/picker.js",
            "/picker/4.5.2/picker.js")) {
      Http.Answer answer = http.get(path, "Origin", "https://app.example");
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("Content-Type")).startsWith("text/javascript");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    }
    assertThat(http.get("/picker/4.5.2/other.js").status()).isEqualTo(404);
    assertThat(http.get("/icons/other.png").status()).isEqualTo(404);
  }

  @Test
  void prefetchAnswersEachGenerationInItsForm() {
    assertThat(http.get("/prefetch?apikey=" + KEY).json().toMap())
        .containsEntry("blocked", false)
        .containsEntry("customsource", true);
    JsonObject grouped =
        http.post(
                "/prefetch",
                "{\"apikey\":\""
                    + KEY
                    + "\",\"settings\":[\"inapp_browser\",\"other\"],\"permissions\":[\"x\"]}")
            .json();
    assertThat(grouped.object("settings").toMap())
        .containsEntry("inapp_browser", false)
        .containsEntry("other", false);
    assertThat(grouped.object("permissions").toMap())
        .containsEntry("intelligent_ingestion", false)
        .containsEntry("x", false);
    assertThat(grouped.has("customsource")).isFalse();
    assertThat(http.get("/prefetch?apikey=nobody").json().string("error"))
        .isEqualTo("Invalid Application");
    assertThat(http.post("/prefetch", "{").status()).isEqualTo(400);
    assertThat(http.post("/prefetch", "{\"apikey\":\"" + KEY + "\",\"settings\":1}").status())
        .isEqualTo(400);
  }

  @Test
  void anOldDialogThatIsOpenedIsAnEvent() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      simulator.app().webhooks().subscribe(receiver.url(), EventType.DIALOG);
      Http.Answer page =
          http.get("/dialog/save/?key=" + KEY + "&id=1444256999123&ext=.png,.jpg&maxSize=10");
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'");
      // Whatever is in the query is told as it may be told.
      http.get("/dialog/open/?key=" + KEY + "&id=%3Cb%3E&maxSize=-1&m=undefined&ext=");
      simulator.clock().settle();
      assertThat(receiver.received()).hasSize(2);
      JsonObject saved = Json.parseObject(receiver.received().get(0).body()).object("text");
      assertThat(saved.string("dialogType")).isEqualTo("saveas");
      assertThat(saved.string("id")).isEqualTo("1444256999123");
      assertThat(saved.strings("extensions")).containsExactly(".png", ".jpg");
      assertThat(saved.value("mimetypes")).isNull();
      assertThat(saved.toMap()).containsEntry("maxSize", 10);
      JsonObject opened = Json.parseObject(receiver.received().get(1).body()).object("text");
      assertThat(opened.strings("mimetypes")).containsExactly("*/*");
      assertThat(opened.string("id")).matches("[0-9]+");
      assertThat(opened.toMap()).containsEntry("maxSize", 0);
    }
    assertThat(http.get("/dialog/open/?key=nobody").status()).isEqualTo(403);
    assertThat(http.get("/dialog/comm_iframe/").text()).contains("data-dialog=\"comm\"");
  }

  @Test
  void metadataTellsWhatIsBehindALink() {
    simulator.account("alice@example.com").put("/a.txt", "hello".getBytes(StandardCharsets.UTF_8));
    String url =
        simulator
            .app()
            .pick(simulator.account("alice@example.com"), "/a.txt")
            .filesUploaded()
            .get(0)
            .url()
            .toString();
    JsonObject facts =
        http.post("/metadata", "{\"apikey\":\"" + KEY + "\",\"url\":\"" + url + "\"}").json();
    assertThat(facts.string("filename")).isEqualTo("a.txt");
    assertThat(facts.string("mimetype")).startsWith("text/plain");
    assertThat(facts.toMap()).containsEntry("size", 5);
    for (String wrong :
        List.of(
            "\"url\":\"" + simulator.baseUrl() + "/_simulator/api/world\"",
            "\"url\":\"no url\"",
            "\"url\":\"" + url + "\",\"headers\":{\"a\\r\\nb\":\"c\"}",
            "\"link\":\"" + url + "\"")) {
      Http.Answer answer = http.post("/metadata", "{\"apikey\":\"" + KEY + "\"," + wrong + "}");
      assertThat(answer.status()).as(wrong).isBetween(400, 499);
      assertThat(answer.json().string("error")).as(wrong).isNotEmpty();
    }
  }
}
