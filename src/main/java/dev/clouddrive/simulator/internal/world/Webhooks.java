package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.SchemaSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions, what happened, and what was delivered (filestack.md 1). Guarded by the world's
 * lock.
 */
public final class Webhooks {

  /**
   * One row of the portal's Credentials > Webhooks.
   *
   * @param secret null sends unsigned
   * @param activeFrom events before it are not delivered
   */
  public record Subscription(
      String id,
      String apikey,
      String url,
      String event,
      @Nullable String secret,
      Instant createdAt,
      Instant activeFrom) {}

  /**
   * Something that happened.
   *
   * @param body the exact bytes that are sent
   * @param violations how the body breaks its schema; an event with any is never sent
   */
  public record Event(
      long id,
      String apikey,
      String action,
      Instant at,
      byte[] body,
      List<SchemaSet.Violation> violations) {
    public Event {
      violations = List.copyOf(violations);
    }
  }

  /** How far a delivery is. */
  public enum Status {
    PENDING,
    DELIVERED,
    FAILED
  }

  /**
   * One try.
   *
   * @param status null when there was no answer
   * @param error null when there was one
   * @param durationMs wall time
   */
  public record Attempt(
      int number, Instant at, @Nullable Integer status, @Nullable String error, long durationMs) {}

  /**
   * One event on its way to one subscription.
   *
   * @param firstAt when the first attempt is due: the retries count from it
   * @param test whether the portal's test button sent it
   * @param nextAttemptAt null when there is none
   */
  public record Delivery(
      String id,
      Event event,
      Subscription subscription,
      boolean test,
      Instant firstAt,
      Status status,
      List<Attempt> attempts,
      @Nullable Instant nextAttemptAt) {
    public Delivery {
      attempts = List.copyOf(attempts);
    }

    /** The same delivery after one more attempt. */
    public Delivery after(Attempt attempt, Status newStatus, @Nullable Instant next) {
      List<Attempt> all = new ArrayList<>(attempts);
      all.add(attempt);
      return new Delivery(id, event, subscription, test, firstAt, newStatus, all, next);
    }
  }

  /** Events and deliveries that are remembered; the oldest finished ones go first. */
  private static final int MOST = 100_000;

  public final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  public final Map<String, Delivery> deliveries = new LinkedHashMap<>();
  public final Map<Long, Event> events =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Event> eldest) {
          return size() > MOST;
        }
      };
  public long nextEventId = 142_440;

  Webhooks copy() {
    Webhooks copy = new Webhooks();
    copy.subscriptions.putAll(subscriptions);
    copy.deliveries.putAll(deliveries);
    copy.events.putAll(events);
    copy.nextEventId = nextEventId;
    return copy;
  }

  /**
   * Makes room for one more delivery.
   *
   * @return false when {@value #MOST} deliveries are all pending
   */
  public boolean makeRoom() {
    if (deliveries.size() < MOST) {
      return true;
    }
    for (Iterator<Delivery> all = deliveries.values().iterator(); all.hasNext(); ) {
      if (all.next().status() != Status.PENDING) {
        all.remove();
        return true;
      }
    }
    return false;
  }
}
