package dev.clouddrive.simulator.internal.time;

/** The clock can't be moved because it is being moved already. */
public final class ClockBusyException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  ClockBusyException(String message) {
    super(message);
  }
}
