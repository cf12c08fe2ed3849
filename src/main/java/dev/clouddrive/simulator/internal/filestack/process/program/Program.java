package dev.clouddrive.simulator.internal.filestack.process.program;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that is installed on the machine. It is run without a shell. */
public final class Program {
  private static final int MOST_OUTPUT = 256 * 1024;

  private final Path executable;

  private Program(Path executable) {
    this.executable = executable;
  }

  /** The first of these that the path of the environment has. */
  public static Optional<Program> find(String... names) {
    String path = System.getenv("PATH");
    for (String name : names) {
      for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
        Path executable = Path.of(folder, name);
        if (Files.isExecutable(executable) && Files.isRegularFile(executable)) {
          return Optional.of(new Program(executable));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * How a run ended.
   *
   * @param exitCode empty when it took too long and was killed
   * @param output the beginning of what it printed
   */
  public record Ended(Optional<Integer> exitCode, String output) {
    public boolean isSuccess() {
      return exitCode.equals(Optional.of(0));
    }
  }

  /**
   * Runs it to its end, or for so long at the most; whatever it has started ends with it.
   *
   * @param folder its working directory and home
   */
  public Ended run(Path folder, Duration patience, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(arguments);
    Path printed = Files.createTempFile(folder, "printed", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Ended(
          ended ? Optional.of(process.exitValue()) : Optional.empty(), beginning(printed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(Optional.empty(), "interrupted");
    } finally {
      try (Stream<ProcessHandle> children = process.descendants()) {
        children.forEach(ProcessHandle::destroyForcibly);
      }
      process.destroyForcibly();
    }
  }

  private static String beginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
    }
  }
}
