package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Worlds as files (simulator.md section 4). */
@Command(
    name = "world",
    description = "Exports, imports or checks a world file.",
    mixinStandardHelpOptions = true)
final class WorldCommand implements Runnable {
  private static final String TARGET_DEFAULT = "${env:CLOUDDRIVE_TARGET:-http://127.0.0.1:8080}";
  private static final String TOKEN_DEFAULT =
      "${env:CLOUDDRIVE_ADMIN_TOKEN:-" + Option.NULL_VALUE + "}";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: export, import or check");
  }

  @Command(name = "export", description = "Writes a simulator's world to a file.")
  int export(
      @Parameters(paramLabel = "FILE", description = "ends in .zip for an archive") Path file,
      @Option(names = "--target", paramLabel = "URL", defaultValue = TARGET_DEFAULT) String target,
      @Option(names = "--admin-token", paramLabel = "T", defaultValue = TOKEN_DEFAULT) String token)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(request(target, token, type(file)).GET().build());
    if (answer.statusCode() != 200) {
      return refused(answer);
    }
    Files.write(file, answer.body());
    return 0;
  }

  @Command(name = "import", description = "Puts a file's world in the place of a simulator's.")
  int importFile(
      @Parameters(paramLabel = "FILE", description = "JSON or a zip") Path file,
      @Option(names = "--target", paramLabel = "URL", defaultValue = TARGET_DEFAULT) String target,
      @Option(names = "--admin-token", paramLabel = "T", defaultValue = TOKEN_DEFAULT) String token)
      throws IOException, InterruptedException {
    require(file);
    HttpResponse<byte[]> answer =
        send(
            request(target, token, type(file))
                .PUT(HttpRequest.BodyPublishers.ofFile(file))
                .build());
    return answer.statusCode() == 204 ? 0 : refused(answer);
  }

  @Command(name = "check", description = "Says whether a file holds a world.")
  int check(@Parameters(paramLabel = "FILE", description = "JSON or a zip") Path file) {
    require(file);
    CloudDriveSimulator.builder().world(file).start().close();
    spec.commandLine().getOut().println(file + " holds a world");
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(
          spec.commandLine(), "there is no file " + file + "; name a world file that exists");
    }
  }

  private static String type(Path file) {
    return file.toString().endsWith(".zip") ? "application/zip" : "application/json";
  }

  private HttpRequest.Builder request(String target, String token, String type) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(target).resolve("/_simulator/api/world"))
              .header("Accept", type)
              .header("Content-Type", type);
      return token == null ? request : request.header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--target is a base URL such as http://127.0.0.1:8080, not " + target,
          e);
    }
  }

  private static HttpResponse<byte[]> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new IllegalStateException(
          "nobody answers at " + request.uri() + "; start the simulator, or name it by --target",
          e);
    }
  }

  private int refused(HttpResponse<byte[]> answer) {
    spec.commandLine()
        .getErr()
        .println(
            "clouddrive-simulator: the simulator refuses: "
                + new String(answer.body(), StandardCharsets.UTF_8).strip());
    return Main.NO;
  }
}
