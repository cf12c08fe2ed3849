package dev.clouddrive.simulator.internal.webhook;

import dev.clouddrive.simulator.internal.client.WebhookClient;
import dev.clouddrive.simulator.internal.fault.Effect;
import dev.clouddrive.simulator.internal.fault.Faults;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.time.Timeline;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.Webhooks;
import dev.clouddrive.simulator.internal.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events: each delivery is a small state machine that the timeline drives (filestack.md
 * 1.5).
 *
 * <pre>
 * PENDING --attempt answered with a success code--> DELIVERED
 * PENDING --attempt failed, a retry is left-------> PENDING, next attempt at its offset
 * PENDING --attempt failed, none is left----------> FAILED
 * any     --redeliver-----------------------------> one attempt now; DELIVERED if it succeeds
 * </pre>
 *
 * Every attempt of a delivery sends the same bytes.
 */
public final class Dispatcher implements AutoCloseable {
  /** How an entry of the timeline is named. */
  public static final String WHAT = "webhook-attempt";

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final World world;
  private final WebhookClient client;
  private final Faults faults;

  /** Attempts that a fault has put behind the next one. */
  private final Deque<Runnable> heldBack = new ConcurrentLinkedDeque<>();

  /** The next scheduled attempt of each pending delivery. */
  private final Map<String, Timeline.Appointment> appointments = new ConcurrentHashMap<>();

  public Dispatcher(World world, WebhookClient client, Faults faults) {
    this.world = world;
    this.client = client;
    this.faults = faults;
    world.onRestart(this::resume);
  }

  /** Schedules what is pending in the world. */
  public void resume() {
    appointments.clear();
    heldBack.clear();
    world
        .read(
            s ->
                s.webhooks.deliveries.values().stream()
                    .filter(delivery -> delivery.nextAttemptAt() != null)
                    .toList())
        .forEach(delivery -> schedule(delivery.id(), delivery.nextAttemptAt()));
  }

  /** Puts an event on its way to every subscription that wants it. */
  List<Webhooks.Delivery> deliver(
      Webhooks.Event event, Predicate<Webhooks.Subscription> wanted, boolean test) {
    List<Webhooks.Delivery> made =
        world.change(
            s -> {
              // Asked once: a running clock could go on between the two instants, and an attempt
              // that is not due at its own instant would never be made.
              Instant now = world.now();
              List<Webhooks.Delivery> deliveries = new ArrayList<>();
              for (Webhooks.Subscription entry : s.webhooks.subscriptions.values()) {
                if (!wanted.test(entry)) {
                  continue;
                }
                if (!s.webhooks.makeRoom()) {
                  LOG.warn("event {} is not delivered: too many deliveries wait", event.id());
                  break;
                }
                Webhooks.Delivery delivery =
                    new Webhooks.Delivery(
                        world.ids().token("dlv_", 16),
                        event,
                        entry,
                        test,
                        now,
                        Webhooks.Status.PENDING,
                        List.of(),
                        now);
                s.webhooks.deliveries.put(delivery.id(), delivery);
                deliveries.add(delivery);
              }
              return deliveries;
            });
    made.forEach(delivery -> schedule(delivery.id(), delivery.firstAt()));
    return made;
  }

  /**
   * One more attempt, now. A retry chain that is under way goes on if it fails.
   *
   * @return the delivery as it is before the attempt; empty if there is none
   */
  public Optional<Webhooks.Delivery> redeliver(String id) {
    Optional<Webhooks.Delivery> known =
        world.read(s -> Optional.ofNullable(s.webhooks.deliveries.get(id)));
    known.ifPresent(
        delivery -> {
          Instant now = world.now();
          long epoch = world.epoch();
          world.timeline().schedule(now, WHAT, id, () -> attempt(id, now, false, epoch));
        });
    return known;
  }

  private void schedule(String id, @Nullable Instant at) {
    if (at != null) {
      long epoch = world.epoch();
      appointments.put(
          id, world.timeline().schedule(at, WHAT, id, () -> attempt(id, at, true, epoch)));
    }
  }

  private void attempt(String id, Instant at, boolean scheduled, long epoch) {
    Webhooks.Delivery delivery = world.read(s -> s.webhooks.deliveries.get(id));
    boolean due =
        delivery != null
            && world.epoch() == epoch
            && (!scheduled || at.equals(delivery.nextAttemptAt()));
    if (!due) {
      return;
    }
    List<Effect> effects =
        faults.on(Faults.WEBHOOK_DELIVER, () -> List.of(delivery.subscription().url()));
    if (effects.stream().anyMatch(Effect.Reorder.class::isInstance)) {
      holdBack(() -> send(delivery, at, scheduled, epoch, effects), at, id);
      return;
    }
    send(delivery, at, scheduled, epoch, effects);
    for (Runnable held = heldBack.poll(); held != null; held = heldBack.poll()) {
      held.run();
    }
  }

  /** Waits for the next attempt, or at the latest for the clock to move on by a second. */
  private void holdBack(Runnable send, Instant at, String id) {
    heldBack.add(send);
    world
        .timeline()
        .schedule(
            at.plusSeconds(1),
            WHAT,
            id,
            () -> {
              if (heldBack.remove(send)) {
                send.run();
              }
            });
  }

  private void send(
      Webhooks.Delivery delivery, Instant at, boolean scheduled, long epoch, List<Effect> effects) {
    Options options = world.read(s -> s.options);
    Headers headers = headers(delivery, at, options, effects);
    long started = System.nanoTime();
    WebhookClient.Outcome outcome = new WebhookClient.Outcome.Failed("lost by a fault");
    for (int i = 0; i < copies(effects); i++) {
      outcome =
          client.post(
              delivery.subscription().url(),
              headers,
              delivery.event().body(),
              options.get(Options.WEBHOOK_TIMEOUT));
    }
    long durationMs = (System.nanoTime() - started) / 1_000_000;
    commit(delivery.id(), at, scheduled, epoch, outcome, durationMs);
  }

  private static int copies(List<Effect> effects) {
    int copies = 1;
    for (Effect effect : effects) {
      if (effect instanceof Effect.Drop) {
        return 0;
      }
      if (effect instanceof Effect.Duplicate duplicate) {
        copies = duplicate.times();
      }
    }
    return copies;
  }

  private void commit(
      String id,
      Instant at,
      boolean scheduled,
      long epoch,
      WebhookClient.Outcome outcome,
      long durationMs) {
    Webhooks.Delivery after =
        world.change(
            s -> {
              Webhooks.Delivery now = s.webhooks.deliveries.get(id);
              if (now == null || world.epoch() != epoch) {
                return null;
              }
              Webhooks.Attempt attempt = attempt(now, at, outcome, durationMs);
              boolean succeeded =
                  attempt.status() != null
                      && s.options
                          .get(Options.WEBHOOK_SUCCESS_CODES)
                          .contains(Integer.toString(attempt.status()));
              Instant next = succeeded ? null : next(now, at, scheduled, s.options);
              Webhooks.Status status =
                  succeeded ? Webhooks.Status.DELIVERED : failed(now, scheduled, next);
              Webhooks.Delivery changed = now.after(attempt, status, next);
              s.webhooks.deliveries.put(id, changed);
              return changed;
            });
    if (after == null) {
      return;
    }
    if (after.nextAttemptAt() == null) {
      Timeline.Appointment left = appointments.remove(id);
      if (left != null) {
        left.cancel();
      }
    } else if (scheduled) {
      schedule(id, after.nextAttemptAt());
    }
  }

  /** What a delivery is after a failed attempt: one that was redelivered stays what it was. */
  private static Webhooks.Status failed(
      Webhooks.Delivery delivery, boolean scheduled, @Nullable Instant next) {
    if (!scheduled) {
      return delivery.status();
    }
    return next == null ? Webhooks.Status.FAILED : Webhooks.Status.PENDING;
  }

  /** A redelivery leaves the chain as it is. */
  private static @Nullable Instant next(
      Webhooks.Delivery delivery, Instant at, boolean scheduled, Options options) {
    if (!scheduled || delivery.test()) {
      return scheduled ? null : delivery.nextAttemptAt();
    }
    return RetrySchedule.of(options.get(Options.WEBHOOK_RETRY_PROFILE))
        .next(delivery.firstAt(), at)
        .orElse(null);
  }

  private static Webhooks.Attempt attempt(
      Webhooks.Delivery delivery, Instant at, WebhookClient.Outcome outcome, long durationMs) {
    int number = delivery.attempts().size() + 1;
    return outcome instanceof WebhookClient.Outcome.Answered answered
        ? new Webhooks.Attempt(number, at, answered.status(), null, durationMs)
        : new Webhooks.Attempt(
            number, at, null, ((WebhookClient.Outcome.Failed) outcome).error(), durationMs);
  }

  private static Headers headers(
      Webhooks.Delivery delivery, Instant at, Options options, List<Effect> effects) {
    Headers headers =
        Headers.of("Content-Type", "application/json", "User-Agent", "Filestack-Webhooks/sim");
    String secret = delivery.subscription().secret();
    if (secret == null || !options.get(Options.WEBHOOK_SIGN)) {
      return headers;
    }
    Instant signedAt = options.get(Options.WEBHOOK_REFRESH_TIMESTAMP) ? at : delivery.firstAt();
    if (options.get(Options.WEBHOOK_SIGNING_TIME).equals("wall")) {
      signedAt = Timeline.wallClock();
    }
    String signingSecret = secret;
    for (Effect effect : effects) {
      if (effect instanceof Effect.Skew skew) {
        signedAt = signedAt.minus(skew.by());
      } else if (effect instanceof Effect.BadSignature) {
        signingSecret = secret + "?";
      }
    }
    String timestamp = Long.toString(signedAt.getEpochSecond());
    return headers
        .plus("FS-Signature", Signature.of(signingSecret, timestamp, delivery.event().body()))
        .plus("FS-Timestamp", timestamp);
  }

  @Override
  public void close() {
    client.close();
  }
}
