package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.WebhookReceiver;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.SchemaSet;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A receiver that says of each webhook whether it is as it should be (simulator.md section 4). */
@Command(
    name = "listen",
    description = "A receiver: checks schema and signature, prints what comes in.",
    mixinStandardHelpOptions = true)
final class ListenCommand implements Callable<Integer> {
  private static final String NO_ENVELOPE = "fp.video_converse";

  private final SchemaSet schemas = new SchemaSet("dev/clouddrive/simulator/schemas/webhook");

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:CLOUDDRIVE_LISTEN_PORT:-9000}",
      description = "port to listen on, 0 for a free one (9000)")
  private int port;

  @Option(
      names = "--fail",
      paramLabel = "N",
      defaultValue = "0",
      description = "answers the first N webhooks with 503 (0)")
  private int fail;

  @Option(
      names = "--secret",
      paramLabel = "S",
      defaultValue = "${env:CLOUDDRIVE_SECRET:-" + Option.NULL_VALUE + "}",
      description = "checks signatures with this secret (does not check)")
  private String secret;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535 || fail < 0) {
      throw new ParameterException(
          spec.commandLine(), "--port is 0 to 65535, and --fail is 0 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (WebhookReceiver receiver = WebhookReceiver.start(port)) {
      for (int i = 0; i < fail; i++) {
        receiver.answer(503);
      }
      receiver.onReceived(webhook -> print(out, webhook));
      out.println("listening on " + receiver.url());
      out.flush();
      new CountDownLatch(1).await();
    } catch (BindException e) {
      throw new IllegalStateException(
          "port " + port + " is in use; take another, or 0 for a free one", e);
    }
    return 0;
  }

  private void print(PrintWriter out, WebhookReceiver.Received webhook) {
    out.println(
        webhook.answered()
            + " "
            + schema(webhook)
            + ", "
            + signature(webhook)
            + " "
            + webhook.text());
    out.flush();
  }

  private String schema(WebhookReceiver.Received webhook) {
    try {
      String action = Json.parseObject(webhook.body()).optionalString("action").orElse(NO_ENVELOPE);
      if (!schemas.has(action)) {
        return "no schema for " + action;
      }
      List<SchemaSet.Violation> violations = schemas.validate(action, webhook.body());
      return violations.isEmpty()
          ? "valid " + action
          : "INVALID "
              + action
              + violations.stream()
                  .map(v -> v.pointer() + " " + v.message())
                  .collect(Collectors.joining("; ", " (", ")"));
    } catch (JsonException e) {
      return "INVALID (" + e.getMessage() + ")";
    }
  }

  private String signature(WebhookReceiver.Received webhook) {
    if (secret == null) {
      return webhook.header("FS-Signature").isPresent() ? "signed" : "unsigned";
    }
    return webhook.isSignedWith(secret) ? "signature good" : "SIGNATURE BAD";
  }
}
