package dev.clouddrive.simulator.internal.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The faults that are set, and which of them falls on a call. */
public final class Faults {
  /** The operation of a webhook's attempt. */
  public static final String WEBHOOK_DELIVER = "webhook.deliver";

  private static final int MOST = 1_000;

  private static final class Active {
    final Fault fault;
    long seen;
    double tokens = 1;
    long refilledAt = System.nanoTime();

    Active(Fault fault) {
      this.fault = fault;
    }

    boolean isSpent() {
      return fault.times() > 0 && seen >= fault.after() + fault.times();
    }
  }

  private final Map<String, Active> active = new LinkedHashMap<>();

  /**
   * @throws IllegalStateException if there are {@value #MOST} already
   */
  public synchronized void add(Fault fault) {
    active.values().removeIf(Active::isSpent);
    if (active.size() >= MOST) {
      throw new IllegalStateException("there are " + MOST + " faults already; remove some");
    }
    active.put(fault.id(), new Active(fault));
  }

  /** Those that can still fall on a call. */
  public synchronized List<Fault> all() {
    active.values().removeIf(Active::isSpent);
    return active.values().stream().map(a -> a.fault).toList();
  }

  /** Whether there was one with that id. */
  public synchronized boolean remove(String id) {
    return active.remove(id) != null;
  }

  public synchronized void clear() {
    active.clear();
  }

  /**
   * What falls on a call; each effect that is given counts as one of its fault's times.
   *
   * @param path the paths that the call is about; asked for only where a fault names one
   */
  public synchronized List<Effect> on(String operation, Supplier<List<String>> path) {
    if (active.isEmpty()) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    for (Active each : active.values()) {
      Fault fault = each.fault;
      boolean fits =
          !each.isSpent()
              && fault.fits(operation)
              && (fault.path() == null || path.get().stream().anyMatch(fault::fitsPath));
      if (fits && each.seen++ >= fault.after()) {
        effect(each).ifPresent(effects::add);
      }
    }
    return effects;
  }

  /** A throttle falls on a call only when its bucket is empty. */
  private static Optional<Effect> effect(Active each) {
    if (!(each.fault.effect() instanceof Effect.Throttle throttle)) {
      return Optional.of(each.fault.effect());
    }
    long now = System.nanoTime();
    double refill = (now - each.refilledAt) / 1e9 * throttle.perSecond();
    each.tokens = Math.min(Math.max(1, throttle.perSecond()), each.tokens + refill);
    each.refilledAt = now;
    if (each.tokens >= 1) {
      each.tokens--;
      return Optional.empty();
    }
    return Optional.of(new Effect.Status(429));
  }
}
