package dev.clouddrive.simulator;

import static dev.clouddrive.simulator.assertions.SimulatorAssertions.assertThat;

import dev.clouddrive.simulator.junit.CloudDriveTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@CloudDriveTest(frozenAt = "2015-10-07T22:41:05Z")
class RetryExampleTest {

  @Test
  void aBusyReceiverIsToldAgain(
      CloudDriveSimulator simulator,
      FilestackApp app,
      DriveAccount alice,
      WebhookReceiver receiver) {
    receiver.answer(503, 503, 200);
    app.webhooks().subscribe(receiver, EventType.UPLOAD);

    app.pick(alice, "/Pictures/beach.jpg");
    simulator.clock().advance(Duration.ofHours(12));

    assertThat(simulator.deliveries())
        .single(EventType.UPLOAD)
        .isDelivered()
        .wasAttemptedAfter(Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(1));
  }
}
