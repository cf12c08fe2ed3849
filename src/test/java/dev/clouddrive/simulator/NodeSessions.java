package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sessions of {@code src/test/js} in Node, with the packages of its lock file. */
final class NodeSessions {
  private static final Path SOURCES = Path.of("src/test/js");
  private static final Path FOLDER = Path.of("target/js");

  private NodeSessions() {}

  /** Skips the test where there is no Node or no package; fails in a CI run. */
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

  /** Runs a session against a simulator of its own; all of its tests are green. */
  static void run(List<String> environment, String... arguments) throws IOException {
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      Path ca = FOLDER.resolve("ca.pem");
      Files.writeString(ca, simulator.caPem());
      List<String> command = new ArrayList<>(List.of("env", "SIMULATOR_PORT=" + simulator.port()));
      command.add("NODE_EXTRA_CA_CERTS=" + ca.toAbsolutePath());
      command.addAll(environment);
      command.add("node");
      command.addAll(List.of(arguments));
      Tools.Run run = Tools.run(FOLDER, command);
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("# fail 0").doesNotContain("# pass 0");
    }
  }
}
