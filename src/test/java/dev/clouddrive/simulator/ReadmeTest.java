package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
final class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final String END = "--end-of-output--";

  /** A command of the tour and what it is said to print. */
  private record Step(String command, String printed) {}

  @Test
  void theTourPrintsWhatItSays(@TempDir Path folder) throws Exception {
    Tools.require("bash", "bash");
    Tools.require("curl", "curl");
    List<Step> steps = steps(Files.readString(Path.of("README.md")));
    assertThat(steps).hasSizeGreaterThan(8);
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      String authority = "127.0.0.1:" + simulator.port();
      StringBuilder script = new StringBuilder();
      for (Step step : steps) {
        script.append(step.command()).append("\necho; echo ").append(END).append('\n');
      }
      Tools.Run run =
          Tools.run(folder, "bash", "-c", script.toString().replace("127.0.0.1:8080", authority));
      String[] outputs = run.output().split(END + "\n");
      assertThat(outputs).hasSameSizeAs(steps);
      for (int i = 0; i < outputs.length; i++) {
        assertThat(outputs[i].strip())
            .as(steps.get(i).command())
            .matches(pattern(steps.get(i).printed().replace("127.0.0.1:8080", authority)));
      }
    }
  }

  /** An ellipsis stands for anything. */
  private static Pattern pattern(String printed) {
    StringBuilder pattern = new StringBuilder();
    for (String part : printed.strip().split("…", -1)) {
      pattern.append(pattern.length() == 0 ? "" : ".*?").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }

  private static List<Step> steps(String readme) {
    List<Step> steps = new ArrayList<>();
    Matcher block = BLOCK.matcher(readme);
    while (block.find()) {
      for (String step : block.group(1).split("(?m)^\\$ ")) {
        if (!step.isBlank()) {
          steps.add(step(step));
        }
      }
    }
    return steps;
  }

  /** The command goes on as long as a line ends in a backslash or inside of quotes. */
  private static Step step(String text) {
    String[] lines = text.split("\n");
    StringBuilder command = new StringBuilder(lines[0]);
    int next = 1;
    while (next < lines.length && goesOn(command.toString())) {
      command.append('\n').append(lines[next++]);
    }
    return new Step(
        command.toString(),
        String.join("\n", java.util.Arrays.copyOfRange(lines, next, lines.length)));
  }

  private static boolean goesOn(String command) {
    return command.endsWith("\\") || command.chars().filter(c -> c == '\'').count() % 2 == 1;
  }
}
