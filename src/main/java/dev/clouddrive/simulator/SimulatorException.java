package dev.clouddrive.simulator;

/** Something that was asked of the simulator can't be done; the message says the mend. */
public final class SimulatorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SimulatorException(String message) {
    super(message);
  }

  SimulatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
