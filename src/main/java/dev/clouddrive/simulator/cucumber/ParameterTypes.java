package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.EventType;
import io.cucumber.java.ParameterType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** The words that the steps take. */
public final class ParameterTypes {
  public ParameterTypes() {}

  /** An instant such as {@code 2015-10-07T22:41:05Z}. */
  @ParameterType("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z")
  public Instant instant(String text) {
    return Instant.parse(text);
  }

  /** A span such as {@code 5 minutes} or {@code 12 hours}. */
  @ParameterType("(\\d+) (second|minute|hour|day)s?")
  public Duration span(String number, String unit) {
    long n = Long.parseLong(number);
    return switch (unit) {
      case "second" -> Duration.ofSeconds(n);
      case "minute" -> Duration.ofMinutes(n);
      case "hour" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }

  /** A person by first name, whose account is {@code name@example.com}. */
  @ParameterType("[A-Z][a-z]+")
  public String person(String name) {
    return name;
  }

  /** An event type by its action, such as {@code fp.upload}. */
  @ParameterType("f[ps]\\.[a-z_]+")
  public EventType event(String action) {
    return Arrays.stream(EventType.values())
        .filter(type -> type.action().equals(action))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no event type " + action));
  }

  /** Statuses such as {@code 503, 503 and 200}. */
  @ParameterType("\\d{3}(?:(?:, | and |, and )\\d{3})*")
  public int[] statuses(String text) {
    return Arrays.stream(text.split(", and | and |, ")).mapToInt(Integer::parseInt).toArray();
  }
}
