package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.DriveAccount;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.PickResult;
import dev.clouddrive.simulator.WebhookReceiver;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The guided tour: pick, store, export, convert against a failing receiver, twelve virtual hours.
 */
@Command(
    name = "demo",
    description = "Shows the whole of it: pick, export, convert, and webhooks over 12 hours.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String START = "2015-10-07T22:41:05Z";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    long began = System.nanoTime();
    try (CloudDriveSimulator simulator = CloudDriveSimulator.builder().frozenAt(START).start();
        WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.alwaysAnswer(503);
      boolean kept = tour(simulator, receiver, out);
      out.printf("%nTwelve virtual hours in %.1f s.%n", (System.nanoTime() - began) / 1e9);
      out.flush();
      return kept ? 0 : Main.NO;
    }
  }

  private static boolean tour(
      CloudDriveSimulator simulator, WebhookReceiver receiver, PrintWriter out) throws IOException {
    FilestackApp app = simulator.app();
    DriveAccount alice = simulator.account("alice@example.com");
    app.webhooks().subscribe(receiver, EventType.ALL);
    out.println("The clock stands at " + START + ". The application's receiver answers 503.");

    PickResult.PickedFile photo = app.pick(alice, "/Pictures/beach.jpg").file();
    out.println();
    out.println("Alice picks /Pictures/beach.jpg from Amazon Cloud Drive:");
    out.println("  " + photo.url() + " (" + photo.size() + " bytes, " + photo.mimetype() + ")");

    URI thumbnail =
        URI.create(
            photo.url().replace("/" + photo.handle(), "/resize=width:320/" + photo.handle()));
    int bytes = size(thumbnail);
    out.println("It is converted: " + thumbnail.getPath() + " gives " + bytes + " bytes.");

    FilestackApp.Exported saved = app.export(alice, photo.handle(), "/", "newFiletest.jpg");
    boolean arrived = alice.md5("/newFiletest.jpg").equals(alice.md5("/Pictures/beach.jpg"));
    out.println(
        "It is saved back as /newFiletest.jpg: "
            + saved.url()
            + (arrived ? ", the same bytes." : ", but with OTHER bytes."));

    simulator.clock().advance(Duration.ofHours(12));
    boolean kept = true;
    for (Delivery delivery : simulator.deliveries()) {
      out.println();
      out.println(delivery.action() + "  " + delivery.text());
      for (Delivery.Attempt attempt : delivery.attempts()) {
        out.printf(
            "  attempt %d at %s (%s): %s%n",
            attempt.number(),
            attempt.at(),
            offset(attempt.at()),
            attempt.status().map(String::valueOf).or(attempt::error).orElse(""));
      }
      out.println("  " + delivery.status().name().toLowerCase(java.util.Locale.ROOT));
      kept &= delivery.attempts().size() == 4;
    }
    return kept && arrived && simulator.deliveries().size() == 3;
  }

  private static int size(URI url) throws IOException {
    try (InputStream in = url.toURL().openStream()) {
      return in.readAllBytes().length;
    }
  }

  private static String offset(Instant at) {
    Duration since = Duration.between(Instant.parse(START), at);
    if (since.isZero()) {
      return "+0";
    }
    return since.toHours() > 0 ? "+" + since.toHours() + " h" : "+" + since.toMinutes() + " min";
  }
}
