package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine. */
final class Tools {
  private Tools() {}

  /** What a program printed, and how it ended. */
  record Run(int exitCode, String output) {}

  /**
   * Skips the test where a program is missing and says how to get it; fails in a CI run, which
   * skips nothing.
   */
  static void require(String program, String debianPackage) {
    boolean found = find(program).isPresent();
    String hint = program + " is missing: apt-get install " + debianPackage;
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as(hint).isTrue();
    }
    if (!found) {
      System.out.println("skipped: " + hint);
    }
    assumeTrue(found, hint);
  }

  /** Where a program is that {@link #require} has found. */
  static Path path(String program) {
    return find(program).orElseThrow();
  }

  private static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Run run(Path folder, String... command) {
    return run(folder, List.of(command));
  }

  static Run run(Path folder, List<String> command) {
    try {
      // Into a file: a program that is left behind would hold a pipe open for ever.
      Path output = Files.createTempFile("run", ".txt");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      String text = Files.readString(output);
      Files.delete(output);
      assertThat(ended).as(() -> command + " does not end: " + text).isTrue();
      return new Run(process.exitValue(), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The {@code java} of this build with the runnable jar, and with its classes in an archive, by
   * which each of the many starts of these tests is shorter.
   */
  static List<String> jar(String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(java(), "-XX:SharedArchiveFile=" + archive(), "-jar", simulatorJar()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String simulatorJar() {
    return System.getProperty("simulator.jar");
  }

  private static synchronized Path archive() {
    Path jar = Path.of(simulatorJar());
    Path archive = jar.resolveSibling("integration-tests.jsa");
    try {
      boolean fresh =
          Files.exists(archive)
              && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
      if (!fresh) {
        Run run =
            run(
                archive.getParent(),
                java(),
                "-XX:ArchiveClassesAtExit=" + archive,
                "-jar",
                jar.toString(),
                "demo");
        assertThat(run.exitCode()).as(run.output()).isZero();
      }
      return archive;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
