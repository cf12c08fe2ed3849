package dev.clouddrive.simulator.internal.filestack.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code accept} of a list (filestack.md 2.2). */
final class AcceptedTest {
  @ParameterizedTest
  @CsvSource({
    "image/*, true",
    "IMAGE/PNG, true",
    "image/jpeg, false",
    ".png, true",
    "png, true",
    ".ng, false",
    "text/plain .png, true",
    "text/* .pdf, false",
    "*/*, true",
    "*, true"
  })
  void aPictureIsTaken(String patterns, boolean taken) {
    assertThat(new Accepted(Arrays.asList(patterns.split(" "))).matches("A.PNG", "image/png"))
        .isEqualTo(taken);
  }

  @Test
  void whereNothingIsAskedForEverythingIsTaken() {
    assertThat(new Accepted(List.of()).matches("a", "application/octet-stream")).isTrue();
  }
}
