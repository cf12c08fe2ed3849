package dev.clouddrive.simulator.internal.http;

import java.util.Optional;

/** Comes between an operation and its handler. */
public interface Interceptor {
  Interceptor NONE = (operation, request) -> new Verdict(Optional.empty(), Transmission.SOUND);

  /**
   * What becomes of a call.
   *
   * @param status answers with the vendor's own body for it, instead of the handler
   * @param transmission how the answer goes on its way
   */
  record Verdict(Optional<Integer> status, Transmission transmission) {}

  Verdict judge(Operation operation, Request request);
}
