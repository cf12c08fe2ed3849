package dev.clouddrive.simulator.internal.time;

import java.time.Instant;

/** Virtual time never moves backwards. */
public final class ClockBackwardsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  ClockBackwardsException(Instant now, Instant target) {
    super(
        "the clock stands at "
            + now
            + " and never moves backwards to "
            + target
            + "; take a later instant, or reset the world");
  }
}
