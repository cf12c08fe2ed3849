package dev.clouddrive.simulator.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TimelineTest {
  private static final Instant START = Instant.parse("2015-10-07T22:41:05Z");

  private final Timeline timeline = Timeline.frozenAt(START, "test-timeline");
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    timeline.close();
  }

  private void schedule(Duration after, String ref) {
    timeline.schedule(START.plus(after), "test", ref, () -> ran.add(ref + "@" + timeline.now()));
  }

  @Test
  void entriesRunInOrderEachAtItsOwnInstant() {
    schedule(Duration.ofHours(1), "c");
    schedule(Duration.ofMinutes(5), "a");
    schedule(Duration.ofMinutes(5), "b");
    Timeline.Report report = timeline.advance(Duration.ofHours(2));
    assertThat(ran)
        .containsExactly(
            "a@2015-10-07T22:46:05Z", "b@2015-10-07T22:46:05Z", "c@2015-10-07T23:41:05Z");
    assertThat(report.from()).isEqualTo(START);
    assertThat(report.now()).isEqualTo(START.plus(Duration.ofHours(2)));
    assertThat(report.ran()).extracting(Timeline.Ran::ref).containsExactly("a", "b", "c");
  }

  @Test
  void aFollowUpInsideTheSpanRunsInItsTurn() {
    schedule(Duration.ofHours(2), "last");
    timeline.schedule(
        START.plus(Duration.ofMinutes(5)),
        "test",
        "first",
        () -> schedule(Duration.ofHours(1), "follow-up"));
    timeline.advance(Duration.ofHours(3));
    assertThat(ran).containsExactly("follow-up@2015-10-07T23:41:05Z", "last@2015-10-08T00:41:05Z");
  }

  @Test
  void whatLiesLaterStaysPending() {
    schedule(Duration.ofHours(2), "later");
    timeline.advance(Duration.ofHours(1));
    assertThat(ran).isEmpty();
    assertThat(timeline.pending())
        .containsExactly(new Timeline.Pending(START.plus(Duration.ofHours(2)), "test", "later"));
  }

  @Test
  void whatIsDueRunsThoughTheClockIsFrozen() {
    schedule(Duration.ZERO, "due");
    Timeline.Report report = timeline.settle();
    assertThat(ran).containsExactly("due@" + START);
    assertThat(report.ran()).extracting(Timeline.Ran::ref).containsExactly("due");
    assertThat(timeline.now()).isEqualTo(START);
  }

  @Test
  void aReportTellsWhatRanSinceTheLastOne() {
    schedule(Duration.ZERO, "due");
    timeline.settle();
    schedule(Duration.ofMinutes(1), "next");
    assertThat(timeline.advance(Duration.ofMinutes(1)).ran())
        .extracting(Timeline.Ran::ref)
        .containsExactly("next");
  }

  @Test
  void theClockNeverMovesBackwards() {
    assertThatThrownBy(() -> timeline.advanceTo(START.minusSeconds(1)))
        .isInstanceOf(ClockBackwardsException.class)
        .hasMessageContaining("never moves backwards");
  }

  @Test
  void movingToTheNextEntryStopsThere() {
    schedule(Duration.ofMinutes(5), "a");
    schedule(Duration.ofMinutes(6), "b");
    timeline.advanceToNext();
    assertThat(ran).hasSize(1);
    assertThat(timeline.now()).isEqualTo(START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void withoutAnEntryTheNextIsNow() {
    assertThat(timeline.advanceToNext().now()).isEqualTo(START);
  }

  @Test
  void anEntryThatMovesTheClockIsRefusedAndNothingHangs() {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    timeline.schedule(
        START.plusSeconds(1),
        "test",
        "mover",
        () -> {
          try {
            timeline.advance(Duration.ofHours(1));
          } catch (ClockBusyException e) {
            refused.set(e);
          }
        });
    timeline.advance(Duration.ofMinutes(1));
    assertThat(refused.get()).isInstanceOf(ClockBusyException.class);
  }

  @Test
  void whoeverMovesTheClockWhileItMovesIsRefused() {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    timeline.schedule(
        START.plusSeconds(1),
        "test",
        "caller",
        () ->
            CompletableFuture.runAsync(timeline::settle)
                .handle(
                    (done, e) -> {
                      refused.set(e.getCause());
                      return done;
                    })
                .orTimeout(10, TimeUnit.SECONDS)
                .join());
    timeline.advance(Duration.ofMinutes(1));
    assertThat(refused.get()).isInstanceOf(ClockBusyException.class);
  }

  @Test
  void anEntryThatFailsDoesNotStopTheOthers() {
    timeline.schedule(
        START,
        "test",
        "fails",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    schedule(Duration.ZERO, "next");
    timeline.settle();
    assertThat(ran).hasSize(1);
  }

  @Test
  void aCancelledEntryDoesNotRun() {
    Timeline.Appointment appointment =
        timeline.schedule(START.plusSeconds(1), "test", "x", () -> ran.add("x"));
    appointment.cancel();
    timeline.advance(Duration.ofMinutes(1));
    assertThat(ran).isEmpty();
  }

  @Test
  void aRestartForgetsTheAgendaAndMayGoBack() {
    schedule(Duration.ofHours(1), "old");
    timeline.restart(Timeline.Mode.FROZEN, START.minusSeconds(60), 1);
    timeline.advance(Duration.ofHours(5));
    assertThat(ran).isEmpty();
    assertThat(timeline.now()).isEqualTo(START.minusSeconds(60).plus(Duration.ofHours(5)));
  }

  @Test
  void aRunningClockRunsWhatBecomesDue() throws Exception {
    CompletableFuture<String> done = new CompletableFuture<>();
    timeline.setMode(Timeline.Mode.RUNNING, 100_000);
    timeline.schedule(START.plus(Duration.ofHours(1)), "test", "soon", () -> done.complete("ran"));
    assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo("ran");
    assertThat(timeline.now()).isAfterOrEqualTo(START.plus(Duration.ofHours(1)));
  }

  @Test
  void aRunningClockCanBeMovedToo() {
    timeline.setMode(Timeline.Mode.RUNNING, 1);
    schedule(Duration.ofHours(1), "jumped");
    timeline.advance(Duration.ofHours(2));
    assertThat(ran).hasSize(1);
    assertThat(timeline.now()).isAfterOrEqualTo(START.plus(Duration.ofHours(2)));
    assertThat(timeline.mode()).isEqualTo(Timeline.Mode.RUNNING);
  }

  @Test
  void aSpeedIsAboveZero() {
    assertThatThrownBy(() -> timeline.setMode(Timeline.Mode.RUNNING, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
