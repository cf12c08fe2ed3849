package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the simulator until it is told to stop. */
@Command(
    name = "serve",
    description = "Runs the simulator until it is stopped.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ServerOptions server;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      defaultValue = "${env:CLOUDDRIVE_READY_FILE:-" + Option.NULL_VALUE + "}",
      description = "file to write the addresses to, as JSON, when ready")
  private Path readyFile;

  @Option(
      names = "--json",
      defaultValue = "${env:CLOUDDRIVE_JSON:-false}",
      description = "print the ready line as JSON")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CloudDriveSimulator simulator = server.start();
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              simulator.stop();
              stopped.countDown();
              // A signal's own exit status would tell of a failure where there is none.
              Runtime.getRuntime().halt(0);
            },
            "clouddrive-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    Addresses addresses = Addresses.of(simulator);
    if (readyFile != null) {
      addresses.writeTo(readyFile);
    }
    spec.commandLine().getOut().println(json ? addresses.json() : addresses.readyLine());
    spec.commandLine().getOut().flush();
    stopped.await();
    return 0;
  }
}
