package dev.clouddrive.simulator.assertions;

import dev.clouddrive.simulator.Delivery;
import java.time.Instant;

/** Tells, under a failed assertion, what happened instead. */
final class Story {
  private static final int LONGEST_BODY = 2_000;

  private Story() {}

  static String of(Iterable<Delivery> deliveries) {
    StringBuilder story = new StringBuilder();
    deliveries.forEach(delivery -> story.append(of(delivery)));
    return story.length() == 0 ? "  no webhook was sent\n" : story.toString();
  }

  static String of(Delivery delivery) {
    StringBuilder story = new StringBuilder("  ");
    story
        .append(delivery.action())
        .append(" (event ")
        .append(delivery.eventId())
        .append(") to ")
        .append(delivery.url())
        .append(" is ")
        .append(delivery.status())
        .append('\n');
    Instant first = delivery.attempts().isEmpty() ? null : delivery.attempts().get(0).at();
    for (Delivery.Attempt attempt : delivery.attempts()) {
      story.append("    attempt ").append(attempt.number()).append(" at ").append(attempt.at());
      if (first != null && attempt.at().isAfter(first)) {
        story.append(" (+").append(java.time.Duration.between(first, attempt.at())).append(')');
      }
      story
          .append(": ")
          .append(attempt.status().map(s -> "answered " + s).or(attempt::error).orElse("no answer"))
          .append('\n');
    }
    delivery
        .nextAttemptAt()
        .ifPresent(at -> story.append("    the next attempt is due at ").append(at).append('\n'));
    String body = delivery.text();
    story
        .append("    body ")
        .append(body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) + " …" : body)
        .append('\n');
    return story.toString();
  }
}
