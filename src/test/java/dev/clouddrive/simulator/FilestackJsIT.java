package dev.clouddrive.simulator;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vendor's SDK from npm, unmodified, by the vendor's host names over HTTPS. What each session
 * shows stands in {@code src/test/js}.
 */
final class FilestackJsIT {
  @BeforeAll
  static void install() throws IOException {
    NodeSessions.install();
  }

  @ParameterizedTest
  @ValueSource(strings = {"filestack-js.test.cjs", "filestack-js-1.test.cjs"})
  void theSessionIsGreen(String session) throws IOException {
    NodeSessions.run(List.of(), "--require", "./vendor-hosts.cjs", session);
  }
}
