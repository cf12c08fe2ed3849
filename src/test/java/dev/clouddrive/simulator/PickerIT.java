package dev.clouddrive.simulator;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The picker in Debian's Chromium, opened by the vendor's SDKs of three generations and by the try
 * page. What is shown stands in {@code src/test/js/picker.test.cjs}; a picture of every page is in
 * {@code target/screenshots} afterwards.
 */
@Isolated("a browser under load is slow, and its pages are waited for")
final class PickerIT {
  @BeforeAll
  static void install() throws IOException {
    NodeSessions.install();
    Tools.require("chromium", "chromium");
  }

  @Test
  void aPersonPicks() throws IOException {
    NodeSessions.run(
        List.of("CHROMIUM=" + Tools.path("chromium")),
        "--test",
        "--test-reporter=tap",
        "picker.test.cjs");
  }
}
