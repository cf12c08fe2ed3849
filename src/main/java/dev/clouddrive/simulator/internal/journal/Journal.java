package dev.clouddrive.simulator.internal.journal;

import dev.clouddrive.simulator.internal.http.Headers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last {@value #ENTRIES} requests that were answered. */
public final class Journal {
  private static final int ENTRIES = 1_000;

  /** How much of the header fields is kept. */
  private static final int HEADER_CHARACTERS = 16 * 1024;

  /** How much of each body is kept: 64 KiB. */
  public static final int BODY_BYTES = 64 * 1024;

  /**
   * One request and its answer.
   *
   * @param at virtual time
   * @param operation the operation's name, or {@code unmatched}
   * @param internal whether the simulator made the call to itself
   * @param url absolute
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
      Headers requestHeaders,
      byte[] requestBody,
      Headers responseHeaders,
      byte[] responseBody) {

    /** The URL's path and query. */
    public String path() {
      int slash = url.indexOf('/', url.indexOf("://") + 3);
      return slash < 0 ? "/" : url.substring(slash);
    }
  }

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long count;

  /**
   * Notes a request.
   *
   * @param entry with any number: it gets the next
   */
  public synchronized void add(Entry entry) {
    if (entries.size() == ENTRIES) {
      entries.removeFirst();
    }
    entries.addLast(
        new Entry(
            ++count,
            entry.at(),
            entry.operation(),
            entry.method(),
            entry.url(),
            entry.internal(),
            entry.status(),
            entry.durationMicros(),
            excerpt(entry.requestHeaders()),
            entry.requestBody(),
            excerpt(entry.responseHeaders()),
            entry.responseBody()));
  }

  private static Headers excerpt(Headers headers) {
    int left = HEADER_CHARACTERS;
    List<Headers.Field> kept = new ArrayList<>();
    for (Headers.Field field : headers.fields()) {
      left -= field.name().length() + field.value().length();
      if (left < 0) {
        return Headers.of(kept);
      }
      kept.add(field);
    }
    return headers;
  }

  /** Forgets one. */
  public synchronized void remove(long number) {
    entries.removeIf(entry -> entry.number() == number);
  }

  /** What is remembered, oldest first. */
  public synchronized List<Entry> entries() {
    return new ArrayList<>(entries);
  }

  public synchronized void clear() {
    entries.clear();
  }
}
