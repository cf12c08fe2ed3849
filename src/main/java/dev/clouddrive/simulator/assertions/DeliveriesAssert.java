package dev.clouddrive.simulator.assertions;

import dev.clouddrive.simulator.Deliveries;
import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.EventType;
import org.assertj.core.api.AbstractAssert;

/** What is said of the webhooks that were sent. A failure tells each, with its attempts. */
public final class DeliveriesAssert extends AbstractAssert<DeliveriesAssert, Deliveries> {

  DeliveriesAssert(Deliveries actual) {
    super(actual, DeliveriesAssert.class);
  }

  /** None was sent. */
  public DeliveriesAssert isEmpty() {
    return hasSize(0);
  }

  /** So many were sent, one for each event and subscription. */
  public DeliveriesAssert hasSize(int expected) {
    isNotNull();
    if (actual.size() != expected) {
      throw failureWithActualExpected(
          actual.size(),
          expected,
          "%nExpected %d deliveries, but there are %d:%n%s",
          expected,
          actual.size(),
          Story.of(actual));
    }
    return this;
  }

  /** So many of one type were sent. */
  public DeliveriesAssert hasSize(EventType type, int expected) {
    isNotNull();
    int found = actual.of(type).size();
    if (found != expected) {
      throw failureWithActualExpected(
          found,
          expected,
          "%nExpected %d deliveries of %s, but there are %d of these:%n%s",
          expected,
          type.action(),
          found,
          Story.of(actual));
    }
    return this;
  }

  /** Every one was taken by its receiver. */
  public DeliveriesAssert allDelivered() {
    isNotNull();
    for (Delivery delivery : actual) {
      if (delivery.status() != Delivery.Status.DELIVERED) {
        throw failure(
            "%nExpected every delivery to be DELIVERED, but one is %s:%n%s",
            delivery.status(), Story.of(actual));
      }
    }
    return this;
  }

  /** The only one of a type; from here on it is what is spoken of. */
  public DeliveryAssert single(EventType type) {
    hasSize(type, 1);
    return new DeliveryAssert(actual.of(type).single());
  }
}
