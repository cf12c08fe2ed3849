package dev.clouddrive.simulator.internal.world;

/** A world that can't be loaded; the message says where and how to mend it. */
public final class WorldException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WorldException(String message) {
    super(message);
  }
}
