package dev.clouddrive.simulator.internal.http;

import java.util.Optional;

/** Answers requests before any operation does. */
@FunctionalInterface
public interface Overlay {

  /**
   * @param answered the overlay's answer; empty leaves the request to the operations
   * @param request the request, whose body may have been read and is there again
   */
  record Outcome(Optional<Response> answered, Request request) {}

  Outcome answer(Request request);
}
