package dev.clouddrive.simulator.internal.http;

import java.io.IOException;

/** A body is larger than what its reader takes. */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  public BodyTooLargeException(long limit) {
    super("the body is larger than the " + limit + " bytes that are taken here");
  }
}
