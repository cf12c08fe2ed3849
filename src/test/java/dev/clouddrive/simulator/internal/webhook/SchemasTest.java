package dev.clouddrive.simulator.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.SchemaSet;
import dev.clouddrive.simulator.internal.world.Subscriptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemasTest {
  private final SchemaSet schemas = new SchemaSet("dev/clouddrive/simulator/schemas/webhook");

  static List<String> actions() {
    return Subscriptions.EVENT_TYPES;
  }

  @Test
  void thePublicEventTypesAreThoseOfThePortal() {
    assertThat(Arrays.stream(EventType.values()).map(EventType::action).skip(1))
        .containsExactlyElementsOf(Subscriptions.EVENT_TYPES);
  }

  @ParameterizedTest
  @MethodSource("actions")
  void everySampleFitsItsSchemaInEveryFlavour(String action) throws Exception {
    byte[] sample = Files.readAllBytes(Path.of("schemas/webhook/samples/" + action + ".json"));
    Object text = Json.parseValue(sample);
    for (Flavour flavour : Flavour.values()) {
      byte[] body =
          action.equals("fp.video_converse")
              ? sample
              : flavour.envelope(1, action, Instant.EPOCH, text);
      assertThat(schemas.validate(action, body)).isEmpty();
    }
  }

  @Test
  void aBrokenPayloadIsToldWithPointers() {
    byte[] body =
        ("{\"action\":\"fp.export\",\"timestamp\":\"now\",\"id\":1,\"text\":{\"source\":\"no url\","
                + "\"client\":\"Amazon Cloud Drive\",\"filename\":\"\",\"created\":\"\",\"x\":1}}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(schemas.validate("fp.export", body))
        .extracting(SchemaSet.Violation::pointer)
        .contains("/timestamp", "/text/source", "/text/filename", "/text");
  }

  @Test
  void theEnvelopesHaveTheOrderOfTheirEra() {
    assertThat(
            new String(
                Flavour.CLASSIC.envelope(2, "a", Instant.EPOCH, "t"), StandardCharsets.UTF_8))
        .isEqualTo("{\"action\":\"a\",\"timestamp\":0,\"id\":2,\"text\":\"t\"}");
    assertThat(
            new String(
                Flavour.DOCS_2018.envelope(2, "a", Instant.EPOCH, "t"), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":2,\"action\":\"a\",\"timestamp\":0,\"text\":\"t\"}");
  }
}
