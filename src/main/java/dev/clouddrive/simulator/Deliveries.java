package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.world.Webhooks;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Deliveries as they were when they were asked for, oldest first. */
public final class Deliveries implements Iterable<Delivery> {
  private final List<Delivery> deliveries;

  private Deliveries(List<Delivery> deliveries) {
    this.deliveries = deliveries;
  }

  static Deliveries of(Iterable<Webhooks.Delivery> all) {
    List<Delivery> deliveries = new java.util.ArrayList<>();
    all.forEach(delivery -> deliveries.add(delivery(delivery)));
    return new Deliveries(List.copyOf(deliveries));
  }

  private static Delivery delivery(Webhooks.Delivery delivery) {
    return new Delivery(
        delivery.id(),
        delivery.event().id(),
        delivery.event().action(),
        delivery.subscription().url(),
        Delivery.Status.valueOf(delivery.status().name()),
        delivery.event().body().clone(),
        delivery.attempts().stream()
            .map(
                attempt ->
                    new Delivery.Attempt(
                        attempt.number(),
                        attempt.at(),
                        Optional.ofNullable(attempt.status()),
                        Optional.ofNullable(attempt.error())))
            .toList(),
        Optional.ofNullable(delivery.nextAttemptAt()));
  }

  /** Those of one event type. */
  public Deliveries of(EventType type) {
    return where(delivery -> type == EventType.ALL || delivery.action().equals(type.action()));
  }

  /** Those that are so far. */
  public Deliveries with(Delivery.Status status) {
    return where(delivery -> delivery.status() == status);
  }

  private Deliveries where(Predicate<Delivery> wanted) {
    return new Deliveries(deliveries.stream().filter(wanted).toList());
  }

  public List<Delivery> all() {
    return deliveries;
  }

  public int size() {
    return deliveries.size();
  }

  /**
   * The only one.
   *
   * @throws SimulatorException if it isn't exactly one
   */
  public Delivery single() {
    if (deliveries.size() != 1) {
      throw new SimulatorException("there are " + deliveries.size() + " deliveries: " + this);
    }
    return deliveries.get(0);
  }

  @Override
  public Iterator<Delivery> iterator() {
    return deliveries.iterator();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Delivery delivery : deliveries) {
      text.append('\n')
          .append(delivery.action())
          .append(" to ")
          .append(delivery.url())
          .append(" is ")
          .append(delivery.status());
      for (Delivery.Attempt attempt : delivery.attempts()) {
        text.append("\n  attempt ")
            .append(attempt.number())
            .append(" at ")
            .append(attempt.at())
            .append(": ")
            .append(attempt.status().map(String::valueOf).or(attempt::error).orElse(""));
      }
    }
    return text.length() == 0 ? "no deliveries" : text.substring(1);
  }
}
