package dev.clouddrive.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One event on its way to one subscription.
 *
 * @param eventId the payload's {@code id}; the same for every subscription of the event
 * @param action such as {@code fp.upload}
 * @param body the bytes that every attempt sends
 * @param nextAttemptAt empty when there is none
 */
public record Delivery(
    String id,
    long eventId,
    String action,
    String url,
    Status status,
    byte[] body,
    List<Attempt> attempts,
    Optional<Instant> nextAttemptAt) {

  /** How far a delivery is. */
  public enum Status {
    /** An attempt is due or waits for its time. */
    PENDING,
    /** The receiver took it. */
    DELIVERED,
    /** All attempts have failed. */
    FAILED
  }

  /**
   * One try.
   *
   * @param number from 1
   * @param at virtual time
   * @param status the receiver's answer; empty when there was none
   * @param error why there was none
   */
  public record Attempt(int number, Instant at, Optional<Integer> status, Optional<String> error) {}

  public Delivery {
    attempts = List.copyOf(attempts);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
