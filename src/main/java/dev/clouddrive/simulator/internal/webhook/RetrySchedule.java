package dev.clouddrive.simulator.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When attempts are due, counted from the first one (filestack.md 1.5). */
enum RetrySchedule {
  /** The seed page: three retries, after 5 minutes, 1 hour and 12 hours. */
  CLASSIC(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(12)),
  /** The documentation of 2018 [doc-new]. */
  DOCS_2018(Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(12)),
  /** The vendor's plugin: waits of 10 s, 60 s, 5 min, 15 min and 1 h, chained [plugin]. */
  PRODUCTION_2025(
      Duration.ofSeconds(10),
      Duration.ofSeconds(70),
      Duration.ofSeconds(370),
      Duration.ofSeconds(1270),
      Duration.ofSeconds(4870));

  private final List<Duration> offsets;

  RetrySchedule(Duration... offsets) {
    this.offsets = List.of(offsets);
  }

  static RetrySchedule of(String option) {
    return valueOf(option.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** When the attempt after a failed one is due; empty when that was the last. */
  Optional<Instant> next(Instant first, Instant failed) {
    return offsets.stream().map(first::plus).filter(at -> at.isAfter(failed)).findFirst();
  }
}
