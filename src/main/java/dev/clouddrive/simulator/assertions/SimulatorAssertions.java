package dev.clouddrive.simulator.assertions;

import dev.clouddrive.simulator.Deliveries;
import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.DriveAccount;
import dev.clouddrive.simulator.PickResult;

/** Where assertions on the simulator begin: import its methods statically, beside AssertJ's own. */
public final class SimulatorAssertions {
  private SimulatorAssertions() {}

  /** Of the webhooks that were sent. */
  public static DeliveriesAssert assertThat(Deliveries actual) {
    return new DeliveriesAssert(actual);
  }

  /** Of one webhook. */
  public static DeliveryAssert assertThat(Delivery actual) {
    return new DeliveryAssert(actual);
  }

  /** Of a user's drive. */
  public static DriveAssert assertThat(DriveAccount actual) {
    return new DriveAssert(actual);
  }

  /** Of what the picker gave the application. */
  public static PickResultAssert assertThat(PickResult actual) {
    return new PickResultAssert(actual);
  }
}
