package dev.clouddrive.simulator.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The two vectors of filestack.md 1.6. */
final class SignatureTest {
  private static final String SECRET = "whsec_SimTestSecret01";

  @Test
  void theFirstVector() {
    byte[] body =
        ("{\"id\":142447,\"action\":\"fp.export\",\"timestamp\":1444257665,\"text\":{\"source\":"
                + "\"https://www.filestackapi.com/api/file/srcSimHandle00000001\",\"client\":"
                + "\"Amazon Cloud Drive\",\"filename\":\"newFiletest.jpg\",\"created\":"
                + "\"https://www.filestackapi.com/api/file/expSimHandle00000001\"}}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(body).hasSize(266);
    String signature = "ced48ba360bd011786908adc63e54f9ab2ce17f24fef20fd3e7410f74b685adb";
    assertThat(Signature.of(SECRET, "1444257670", body)).isEqualTo(signature);
    assertThat(Signature.isValid(SECRET, "1444257670", body, signature)).isTrue();
    assertThat(Signature.isValid(SECRET, "1444257671", body, signature)).isFalse();
  }

  @Test
  void theSecondVectorWithTwoByteCharacters() {
    byte[] body =
        ("{\"id\":7,\"action\":\"fp.upload\",\"timestamp\":1700000000,\"text\":{\"url\":"
                + "\"https://cdn.filestackcontent.com/AAAAAAAAAAAAAAAAAAAA\",\"client\":"
                + "\"Amazon Cloud Drive\",\"type\":\"image/jpeg\",\"filename\":\"zürich.jpg\","
                + "\"size\":3}}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(body).hasSize(207);
    assertThat(Signature.of(SECRET, "1700000001", body))
        .isEqualTo("750e72115698f5f3a9e56c281f53faa40f564d8235e77f00ec525aee7808c662");
  }
}
