package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The time of one simulator. It rules codes, tokens and retries. What is due runs by itself; moving
 * the clock runs everything that becomes due on the way, in the order of its instants, and returns
 * when all of it has ended (simulator.md section 2).
 */
public final class VirtualClock {

  /**
   * Something that is to happen, or has happened.
   *
   * @param what its kind, such as {@code webhook-attempt}
   * @param ref the id of what it is about
   */
  public record Entry(Instant at, String what, String ref) {}

  private final Timeline timeline;

  VirtualClock(Timeline timeline) {
    this.timeline = timeline;
  }

  public Instant now() {
    return timeline.now();
  }

  /** Whether time moves only when told. */
  public boolean isFrozen() {
    return timeline.mode() == Timeline.Mode.FROZEN;
  }

  /** Stops time where it is. */
  public void freeze() {
    timeline.setMode(Timeline.Mode.FROZEN, timeline.speed());
  }

  /** Lets time pass with the wall clock. */
  public void run() {
    run(1);
  }

  /**
   * Lets time pass.
   *
   * @param speed virtual seconds per second, above 0
   * @throws IllegalArgumentException if the speed is 0, less, or above a million
   */
  public void run(double speed) {
    timeline.setMode(Timeline.Mode.RUNNING, speed);
  }

  /**
   * Moves time forward.
   *
   * @return what has run since time was last moved or settled, in order
   * @throws IllegalArgumentException if the span is negative
   * @throws IllegalStateException if time is being moved already
   */
  public List<Entry> advance(Duration by) {
    return entries(timeline.advance(by));
  }

  /** As {@link #advance}, to an instant. */
  public List<Entry> advanceTo(Instant to) {
    return entries(timeline.advanceTo(to));
  }

  /**
   * Waits until nothing that is due now is left to run.
   *
   * @return what has run since time was last moved or settled, in order
   */
  public List<Entry> settle() {
    return entries(timeline.settle());
  }

  /** What waits for its time, soonest first. */
  public List<Entry> pending() {
    return timeline.pending().stream().map(p -> new Entry(p.at(), p.what(), p.ref())).toList();
  }

  private static List<Entry> entries(Timeline.Report report) {
    return report.ran().stream().map(r -> new Entry(r.at(), r.what(), r.ref())).toList();
  }
}
