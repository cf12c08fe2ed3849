package dev.clouddrive.simulator.internal.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last {@value #ENTRIES} requests that were answered. */
public final class Journal {
  private static final int ENTRIES = 1_000;

  /** How much of each body is kept: 64 KiB. */
  public static final int BODY_BYTES = 64 * 1024;

  /**
   * One request and its answer.
   *
   * @param at virtual time
   * @param operation the operation's name, or {@code unmatched}
   * @param internal whether the simulator made the call to itself
   * @param requestBody the beginning of the body, as far as it was read
   * @param responseBody the beginning of the body; empty for files
   */
  public record Entry(
      long number,
      Instant at,
      String operation,
      String method,
      String url,
      boolean internal,
      int status,
      long durationMicros,
      byte[] requestBody,
      byte[] responseBody) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long count;

  public synchronized void add(
      Instant at,
      String operation,
      String method,
      String url,
      boolean internal,
      int status,
      long durationMicros,
      byte[] requestBody,
      byte[] responseBody) {
    if (entries.size() == ENTRIES) {
      entries.removeFirst();
    }
    entries.addLast(
        new Entry(
            ++count,
            at,
            operation,
            method,
            url,
            internal,
            status,
            durationMicros,
            requestBody,
            responseBody));
  }

  /** What is remembered, oldest first. */
  public synchronized List<Entry> entries() {
    return new ArrayList<>(entries);
  }

  public synchronized void clear() {
    entries.clear();
  }
}
