package dev.clouddrive.simulator.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonObjectTest {

  @Test
  void aWrongTypeIsToldWithItsPlace() {
    JsonObject json = Json.parseObject("{\"a\":{\"b\":[{\"c\":1}]}}");
    JsonObject inner = json.object("a").objects("b").get(0);
    assertThatThrownBy(() -> inner.string("c"))
        .isInstanceOf(JsonException.class)
        .hasMessage("/a/b/0/c: a string is expected here, not a whole number");
  }

  @Test
  void anUnknownKeyIsToldWithTheNearest() {
    assertThatThrownBy(() -> Json.parseObject("{\"apikez\":1}").only("apikey", "url"))
        .hasMessage("/apikez: unknown key; did you mean \"apikey\"?");
    assertThatThrownBy(() -> Json.parseObject("{\"zzzzzzz\":1}").only("apikey", "url"))
        .hasMessage("/zzzzzzz: unknown key; known are apikey, url");
  }

  @Test
  void aMissingKeyIsTold() {
    assertThatThrownBy(() -> Json.parseObject("{}").string("url"))
        .hasMessage("/url: this key is required");
  }

  @Test
  void brokenTextIsToldWithItsLine() {
    assertThatThrownBy(() -> Json.parseObject("{\"a\":\n"))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("this is not JSON (line 2");
    assertThatThrownBy(() -> Json.parseObject("[1]"))
        .hasMessage("an object is expected here, not an array");
    assertThatThrownBy(() -> Json.parseObject("{\"a\":1,\"a\":2}"))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.parseObject("{} {}")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.parseObject("")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.parseObject("[".repeat(100_000)))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void nullCountsAsAbsent() {
    assertThat(Json.parseObject("{\"a\":null}").optionalString("a")).isEmpty();
  }

  @Test
  void instantsAreWrittenWithMilliseconds() {
    assertThat(Json.text(Json.object("at", Instant.parse("2015-10-07T22:41:05Z"))))
        .isEqualTo("{\"at\":\"2015-10-07T22:41:05.000Z\"}");
  }

  @Test
  void theNearestNameIsNear() {
    List<String> known = List.of("fp.upload", "fp.export", "all");
    assertThat(Nearest.of("fp.uplaod", known)).contains("fp.upload");
    assertThat(Nearest.of("ALL", known)).contains("all");
    assertThat(Nearest.of("entirely different", known)).isEmpty();
  }
}
