package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The instructions of {@code src/docker/Dockerfile}, carried out in a folder by this machine's
 * Java: a container engine is not needed, and only what lies in the base image is not looked at.
 */
@Timeout(120)
final class DockerfileIT {
  @TempDir private Path image;

  private static List<String> instructions(String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("src/docker/Dockerfile"))) {
      return lines
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.substring(name.length() + 1))
          .toList();
    }
  }

  /** The words of an instruction in its JSON form. */
  private static List<String> words(String json) {
    String object = "{\"words\":" + json + "}";
    return Json.parseObject(object.getBytes(StandardCharsets.UTF_8)).strings("words");
  }

  @Test
  void whatIsBuiltServesAndIsHealthy() throws Exception {
    Tools.require("bash", "bash");
    for (String copy : instructions("COPY")) {
      Path source = Path.of(copy.split(" ")[0]);
      Files.copy(source, image.resolve(source.getFileName()));
    }
    for (String command : instructions("RUN")) {
      Tools.Run run = Tools.run(image, "bash", "-e", "-c", command);
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    assertThat(image.resolve("simulator.jsa")).isNotEmptyFile();

    Map<String, String> environment = new HashMap<>();
    for (String variable : instructions("ENV")) {
      environment.put(variable.split("=")[0], variable.split("=")[1]);
    }
    try (ServerSocket free = new ServerSocket(0)) {
      environment.put("CLOUDDRIVE_PORT", Integer.toString(free.getLocalPort()));
    }
    List<String> command = new ArrayList<>(words(instructions("ENTRYPOINT").get(0)));
    command.addAll(words(instructions("CMD").get(0)));

    Tools.Run tokenless = Tools.run(image, withEnvironment(environment, command));
    assertThat(tokenless.exitCode()).isNotZero();
    assertThat(tokenless.output()).contains("set an admin token").doesNotContain("\tat ");

    environment.put("CLOUDDRIVE_ADMIN_TOKEN", "secret");
    ProcessBuilder builder = new ProcessBuilder(command).directory(image.toFile());
    builder.environment().putAll(environment);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      assertThat(out.readLine()).startsWith("ready http=");
      String check = instructions("HEALTHCHECK").get(0);
      List<String> health = words(check.substring(check.indexOf("CMD ") + 4));
      assertThat(Tools.run(image, withEnvironment(environment, health)).exitCode()).isZero();
      process.destroy();
      assertThat(process.waitFor()).isZero();
      assertThat(Tools.run(image, withEnvironment(environment, health)).exitCode()).isNotZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> withEnvironment(Map<String, String> variables, List<String> command) {
    List<String> whole = new ArrayList<>(List.of("env"));
    variables.forEach((name, value) -> whole.add(name + "=" + value));
    whole.addAll(command);
    return whole;
  }
}
