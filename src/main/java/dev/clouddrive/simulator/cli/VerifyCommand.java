package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.cucumber.SimulatorContext;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the packaged features against a running simulator, or whatever answers as one (simulator.md
 * section 4).
 */
@Command(
    name = "verify",
    description = "Runs the packaged features against a running simulator.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "URL",
      defaultValue = "${env:CLOUDDRIVE_TARGET:-" + Option.NULL_VALUE + "}",
      description = "base URL of the simulator (one of its own)")
  private String target;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      defaultValue = "${env:CLOUDDRIVE_REPORT:-" + Option.NULL_VALUE + "}",
      description = "directory for report.html, junit.xml and conformance.md (none)")
  private Path report;

  @Option(
      names = "--tags",
      paramLabel = "EXPR",
      defaultValue = "${env:CLOUDDRIVE_TAGS:-" + Option.NULL_VALUE + "}",
      description = "scenarios to run, such as \"@seed and not @ffmpeg\" (all)")
  private String tags;

  @Option(
      names = "--admin-token",
      paramLabel = "T",
      defaultValue = "${env:CLOUDDRIVE_ADMIN_TOKEN:-" + Option.NULL_VALUE + "}",
      description = "bearer token of the target's control API")
  private String adminToken;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (target == null) {
      try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
        return verify(simulator.baseUrl());
      }
    }
    return verify(base());
  }

  private URI base() {
    try {
      URI url = URI.create(target);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), wrongTarget(), e);
    }
    throw new ParameterException(spec.commandLine(), wrongTarget());
  }

  private String wrongTarget() {
    return "--target is a base URL such as http://127.0.0.1:8080, not " + target;
  }

  private int verify(URI base) throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    // The features load worlds of their own: the target's comes back afterwards.
    byte[] world = world(base);
    System.setProperty(SimulatorContext.TARGET, base.toString());
    if (adminToken != null) {
      System.setProperty(SimulatorContext.TOKEN, adminToken);
    }
    ConformanceReport conformance = new ConformanceReport();
    int exitCode;
    try {
      exitCode = run(conformance);
    } finally {
      System.clearProperty(SimulatorContext.TARGET);
      System.clearProperty(SimulatorContext.TOKEN);
      put(base, world);
    }
    out.print(conformance.summary(base.toString()));
    if (report != null) {
      Files.writeString(report.resolve("conformance.md"), conformance.table(base.toString()));
      out.println("reports in " + report + ": report.html, junit.xml, conformance.md");
    }
    out.flush();
    return exitCode;
  }

  private int run(ConformanceReport conformance) throws IOException {
    RuntimeOptionsBuilder options =
        new RuntimeOptionsBuilder()
            .addGlue(URI.create("classpath:/dev/clouddrive/simulator/cucumber"))
            .addFeature(
                io.cucumber.core.feature.FeatureWithLines.parse(
                    "classpath:dev/clouddrive/simulator/features"))
            .setPublishQuiet(true);
    if (tags != null) {
      try {
        options.addTagFilter(io.cucumber.tagexpressions.TagExpressionParser.parse(tags));
      } catch (RuntimeException e) {
        throw new ParameterException(
            spec.commandLine(), "--tags is an expression such as \"@seed and not @guess\"", e);
      }
    }
    if (report != null) {
      Files.createDirectories(report);
      plugins().forEach(options::addPluginName);
    }
    Runtime runtime =
        Runtime.builder()
            .withRuntimeOptions(options.build())
            .withAdditionalPlugins(conformance)
            .build();
    runtime.run();
    return conformance.isPassed() ? 0 : Main.NO;
  }

  private List<String> plugins() {
    List<String> plugins = new ArrayList<>();
    plugins.add("html:" + report.resolve("report.html"));
    plugins.add("junit:" + report.resolve("junit.xml"));
    return plugins;
  }

  private byte[] world(URI base) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(request(base).GET().build());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          base
              + " has no control API that gives its world ("
              + answer.statusCode()
              + "); name a simulator, and its --admin-token if it has one");
    }
    return answer.body();
  }

  private void put(URI base, byte[] world) throws IOException, InterruptedException {
    send(request(base).PUT(HttpRequest.BodyPublishers.ofByteArray(world)).build());
  }

  private HttpRequest.Builder request(URI base) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/_simulator/api/world"))
            .timeout(PATIENCE)
            .header("Accept", "application/zip")
            .header("Content-Type", "application/zip");
    return adminToken == null ? request : request.header("Authorization", "Bearer " + adminToken);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (java.net.ConnectException e) {
      throw new IllegalStateException(
          "nobody answers at " + request.uri() + "; start the target first", e);
    }
  }
}
