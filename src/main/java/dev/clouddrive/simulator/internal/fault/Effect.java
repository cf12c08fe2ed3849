package dev.clouddrive.simulator.internal.fault;

import java.time.Duration;

/** What a fault does (simulator.md section 5). */
public sealed interface Effect {

  /** Answers with the vendor's own body for that status, and does nothing else. */
  record Status(int status) implements Effect {}

  /** Answers later, by so much wall time. */
  record Delay(Duration delay) implements Effect {}

  /** Closes the connection instead of answering. */
  record Reset() implements Effect {}

  /** Closes the connection after so many bytes of the body. */
  record Truncate(long at) implements Effect {}

  /** Sends the body no faster. */
  record Slow(long bytesPerSecond) implements Effect {}

  /** Lets so many calls through each second of wall time, and answers 429 to the others. */
  record Throttle(double perSecond) implements Effect {}

  /** Sends a webhook so many times at each attempt. */
  record Duplicate(int times) implements Effect {}

  /** Sends a webhook after the next one. */
  record Reorder() implements Effect {}

  /** Loses a webhook on its way: the attempt fails without reaching the receiver. */
  record Drop() implements Effect {}

  /** Signs a webhook wrongly. */
  record BadSignature() implements Effect {}

  /** Signs a webhook with a timestamp that lies so much before its time. */
  record Skew(Duration by) implements Effect {}
}
