package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a command with a simulator beside it, and ends as the command does. */
@Command(
    name = "exec",
    description = {
      "Starts a simulator, runs a command, and stops with the command's exit code.",
      "The command gets CLOUDDRIVE_URL, CLOUDDRIVE_API, CLOUDDRIVE_CA and the variables by which"
          + " clients find a proxy and an authority: HTTP_PROXY, HTTPS_PROXY, SSL_CERT_FILE, …"
    },
    mixinStandardHelpOptions = true)
final class ExecCommand implements Callable<Integer> {
  /** What a shell says of a command that it can't find. */
  private static final int NOT_FOUND = 127;

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "the command, after --")
  private List<String> command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path ca = Files.createTempFile("clouddrive-ca-", ".pem");
    try (CloudDriveSimulator simulator = server.start()) {
      Files.writeString(ca, simulator.caPem());
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().putAll(environment(simulator, ca.toString()));
      Process process;
      try {
        process = builder.start();
      } catch (IOException e) {
        spec.commandLine()
            .getErr()
            .println(
                "clouddrive-simulator: \""
                    + command.get(0)
                    + "\" can't be run; name a program that is on the path");
        return NOT_FOUND;
      }
      // Whoever ends us ends the command, too.
      Thread end = new Thread(process::destroy, "clouddrive-exec-end");
      Runtime.getRuntime().addShutdownHook(end);
      return process.waitFor();
    } finally {
      Files.deleteIfExists(ca);
    }
  }

  private static Map<String, String> environment(CloudDriveSimulator simulator, String ca) {
    String url = simulator.baseUrl().toString();
    return Map.ofEntries(
        Map.entry("CLOUDDRIVE_URL", url),
        Map.entry("CLOUDDRIVE_API", url + "/_simulator/api"),
        Map.entry("CLOUDDRIVE_CA", ca),
        Map.entry("HTTP_PROXY", url),
        Map.entry("HTTPS_PROXY", url),
        Map.entry("http_proxy", url),
        Map.entry("https_proxy", url),
        // What the simulator doesn't emulate is refused there, so the machine's own stay reachable.
        Map.entry("NO_PROXY", "localhost,127.0.0.1,::1"),
        Map.entry("no_proxy", "localhost,127.0.0.1,::1"),
        Map.entry("SSL_CERT_FILE", ca),
        Map.entry("CURL_CA_BUNDLE", ca),
        Map.entry("REQUESTS_CA_BUNDLE", ca),
        Map.entry("NODE_EXTRA_CA_CERTS", ca));
  }
}
