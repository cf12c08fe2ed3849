package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vendor's SDK from npm, unmodified, by the vendor's host names over HTTPS. What each session
 * shows stands in {@code src/test/js}.
 */
final class FilestackJsIT {
  private static final Path SOURCES = Path.of("src/test/js");
  private static final Path FOLDER = Path.of("target/js");

  @BeforeAll
  static void install() throws IOException {
    Tools.require("node", "nodejs");
    Tools.require("npm", "npm");
    Files.createDirectories(FOLDER);
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    // Installed once for a lock file; npm writes its own copy of it into the folder at the end.
    Path lock = FOLDER.resolve("node_modules/.package-lock.json");
    boolean fresh =
        Files.exists(lock)
            && Files.getLastModifiedTime(lock)
                    .compareTo(Files.getLastModifiedTime(SOURCES.resolve("package-lock.json")))
                > 0;
    if (!fresh) {
      Tools.Run npm = Tools.run(FOLDER, "npm", "ci", "--no-audit", "--no-fund");
      if ("true".equals(System.getenv("CI"))) {
        assertThat(npm.exitCode()).as(npm.output()).isZero();
      }
      if (npm.exitCode() != 0) {
        System.out.println("skipped: filestack-js can't be installed: run npm ci in src/test/js");
      }
      assumeTrue(npm.exitCode() == 0, "npm ci failed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"filestack-js.test.cjs", "filestack-js-1.test.cjs"})
  void theSessionIsGreen(String session) throws IOException {
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      Path ca = FOLDER.resolve("ca.pem");
      Files.writeString(ca, simulator.caPem());
      Tools.Run run =
          Tools.run(
              FOLDER,
              List.of(
                  "env",
                  "SIMULATOR_PORT=" + simulator.port(),
                  "NODE_EXTRA_CA_CERTS=" + ca.toAbsolutePath(),
                  "node",
                  "--require",
                  "./vendor-hosts.cjs",
                  session));
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("# fail 0").doesNotContain("# pass 0");
    }
  }
}
