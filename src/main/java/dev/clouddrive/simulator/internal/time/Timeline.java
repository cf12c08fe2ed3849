package dev.clouddrive.simulator.internal.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual clock and its agenda in one: what time it is, and what is to happen when.
 *
 * <p>Entries run one after the other in the order of (due instant, sequence of scheduling), on one
 * thread, each at its own instant: an entry that schedules a follow-up inside the span of a running
 * {@link #advanceTo advance} sees that follow-up run in its turn. What is due runs by itself in
 * both modes; a frozen clock only keeps later entries from becoming due.
 *
 * <p>No lock is held while an entry runs, so an entry may cause calls that read the time or
 * schedule more. Moving the clock from within a move is refused with {@link ClockBusyException} at
 * once. Whether a move comes from somebody whom a single running entry has called can't be told; so
 * a move waits for that entry, for {@value #PATIENCE_SECONDS} seconds of wall time at the most, and
 * then is refused.
 *
 * <p>Source of the behaviour: {@code simulator.md} section 2.
 */
public final class Timeline implements AutoCloseable {

  /** How virtual time passes. */
  public enum Mode {
    /** With the wall clock, times the speed. */
    RUNNING,
    /** Only when told. */
    FROZEN
  }

  /** An entry that has not run yet. */
  public record Pending(Instant at, String what, String ref) {}

  /** An entry that has run, with the instant it was due. */
  public record Ran(Instant at, String what, String ref) {}

  /**
   * What a move of the clock did.
   *
   * @param from the time before the move
   * @param now the time after it
   * @param ran every entry that has run since the previous report, in the order it ran
   * @param dropped how many entries that ran since the previous report are not listed because more
   *     than {@value #REPORTED_ENTRIES} had piled up
   */
  public record Report(Instant from, Instant now, List<Ran> ran, long dropped) {}

  /** A hold on a scheduled entry. */
  public interface Appointment {
    /** Takes the entry off the agenda; without effect once it has begun to run. */
    void cancel();
  }

  private static final int REPORTED_ENTRIES = 200_000;
  private static final long PATIENCE_SECONDS = 5;

  /** What can be written with four digits of a year; beyond it instants can't be computed with. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

  private record Entry(Instant at, long sequence, String what, String ref, Runnable action)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byInstant = at.compareTo(other.at);
      return byInstant != 0 ? byInstant : Long.compare(sequence, other.sequence);
    }
  }

  /** Maps the wall's nanoseconds to virtual time; a speed of 0 stands still. */
  private record Reading(Instant base, long baseNanos, double speed) {
    Instant now() {
      if (speed == 0) {
        return base;
      }
      long elapsed = System.nanoTime() - baseNanos;
      return base.plusNanos((long) (elapsed * speed)).truncatedTo(ChronoUnit.MILLIS);
    }
  }

  private static final class Move {
    final Instant target;
    boolean done;

    Move(Instant target) {
      this.target = target;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition agendaChanged = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final PriorityQueue<Entry> agenda = new PriorityQueue<>();
  private final String threadName;

  private volatile Reading reading;
  private Mode mode;
  private double speed = 1;
  private long nextSequence;
  private long epoch;
  private List<Ran> ran = new ArrayList<>();
  private long dropped;
  private @Nullable Entry running;
  private @Nullable Move move;
  private @Nullable Thread runner;
  private boolean closed;

  private Timeline(Mode mode, Instant now, String threadName) {
    this.mode = mode;
    this.threadName = threadName;
    this.reading = readingOf(mode, now);
  }

  /** A clock that starts at the wall clock's time and runs with it. */
  public static Timeline running(String threadName) {
    return new Timeline(Mode.RUNNING, wallClock(), threadName);
  }

  /** A clock that stands at the given instant. */
  public static Timeline frozenAt(Instant now, String threadName) {
    return new Timeline(Mode.FROZEN, now, threadName);
  }

  /**
   * The wall clock's time, in milliseconds: where a running clock starts when nothing else is said.
   */
  public static Instant wallClock() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The virtual time. */
  public Instant now() {
    return reading.now();
  }

  public Mode mode() {
    lock.lock();
    try {
      return mode;
    } finally {
      lock.unlock();
    }
  }

  /** Virtual seconds per wall second while running. */
  public double speed() {
    lock.lock();
    try {
      return speed;
    } finally {
      lock.unlock();
    }
  }

  /** What has not run yet, soonest first. */
  public List<Pending> pending() {
    lock.lock();
    try {
      List<Entry> sorted = new ArrayList<>(agenda);
      Collections.sort(sorted);
      return sorted.stream().map(e -> new Pending(e.at(), e.what(), e.ref())).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts an entry on the agenda. One that lies in the past is due now.
   *
   * @param what the kind of entry, such as {@code webhook-attempt}
   * @param ref the id of what it is about
   */
  public Appointment schedule(Instant at, String what, String ref, Runnable action) {
    lock.lock();
    try {
      if (closed) {
        return () -> {};
      }
      Entry entry = new Entry(at, nextSequence++, what, ref, action);
      agenda.add(entry);
      startRunner();
      agendaChanged.signal();
      return () -> cancel(entry);
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Entry entry) {
    lock.lock();
    try {
      agenda.remove(entry);
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #advanceTo}, by a span. */
  public Report advance(Duration by) {
    lock.lock();
    try {
      return advanceTo(now().plus(by));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the clock forward and runs everything that becomes due on the way, follow-ups included.
   * Returns when all of it has ended.
   *
   * @throws ClockBackwardsException if the target lies before now
   * @throws ClockBusyException if a move is under way already
   * @throws DateTimeException if the target lies after the year 9999
   */
  public Report advanceTo(Instant target) {
    lock.lock();
    try {
      requireNoMove();
      awaitRunning();
      requireNoMove();
      Instant from = now();
      if (target.isBefore(from)) {
        throw new ClockBackwardsException(from, target);
      }
      if (target.isAfter(LAST)) {
        throw new DateTimeException("the clock goes no further than " + LAST);
      }
      Move own = new Move(target);
      move = own;
      reading = readingOf(Mode.FROZEN, from);
      startRunner();
      agendaChanged.signal();
      while (!own.done && !closed) {
        progress.awaitUninterruptibly();
      }
      return report(from);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the clock to the next entry's instant and runs all that is due by then; without an entry
   * the clock stays.
   */
  public Report advanceToNext() {
    lock.lock();
    try {
      requireNoMove();
      Entry next = agenda.peek();
      Instant now = now();
      return advanceTo(next == null || next.at().isBefore(now) ? now : next.at());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing that is due now is left to run.
   *
   * @throws ClockBusyException if a move is under way
   */
  public Report settle() {
    lock.lock();
    try {
      requireNoMove();
      Instant from = now();
      awaitDue(from);
      return report(from);
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #settle}, but leaves to the next report what has run. */
  public void awaitSettled() {
    lock.lock();
    try {
      requireNoMove();
      awaitDue(now());
    } finally {
      lock.unlock();
    }
  }

  private void awaitDue(Instant at) {
    while (!closed && (running != null || hasDue(at))) {
      awaitRunning();
      if (running == null && hasDue(at)) {
        progress.awaitUninterruptibly();
      }
    }
  }

  /** Waits for the entry that runs by itself, if one does. */
  private void awaitRunning() {
    Entry awaited = running;
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (awaited != null && running == awaited && !closed) {
        if (left <= 0) {
          throw new ClockBusyException(
              awaited.what()
                  + " "
                  + awaited.ref()
                  + " has been running for "
                  + PATIENCE_SECONDS
                  + " s; if this call comes from a webhook's receiver, answer the webhook first,"
                  + " else call again");
        }
        left = progress.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClockBusyException("interrupted while an entry was running");
    }
  }

  /** Whether a clock can run at that speed. */
  public static boolean isSpeed(double speed) {
    return speed > 0 && speed <= 1_000_000;
  }

  /** Sets how time passes from now on. */
  public void setMode(Mode newMode, double newSpeed) {
    if (!isSpeed(newSpeed)) {
      throw new IllegalArgumentException(
          "speed is virtual seconds per second, above 0 and at most 1000000");
    }
    lock.lock();
    try {
      requireNoMove();
      Instant now = now();
      mode = newMode;
      speed = newSpeed;
      reading = readingOf(newMode, now);
      agendaChanged.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Empties the agenda and sets the clock anew, backwards too: another world begins. An entry that
   * is running goes on, but a move that is under way ends.
   */
  public void restart(Mode newMode, Instant now, double newSpeed) {
    lock.lock();
    try {
      agenda.clear();
      ran = new ArrayList<>();
      dropped = 0;
      epoch++;
      if (move != null) {
        move.done = true;
        move = null;
      }
      mode = newMode;
      speed = newSpeed;
      reading = readingOf(newMode, now);
      agendaChanged.signal();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    Thread stopping;
    lock.lock();
    try {
      closed = true;
      agenda.clear();
      stopping = runner;
      agendaChanged.signal();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
    if (stopping != null && stopping != Thread.currentThread()) {
      stopping.interrupt();
    }
  }

  private Reading readingOf(Mode newMode, Instant now) {
    return new Reading(now, System.nanoTime(), newMode == Mode.FROZEN ? 0 : speed);
  }

  private void requireNoMove() {
    if (move != null) {
      throw new ClockBusyException(
          "the clock is being moved to " + move.target + "; wait for that call to answer first");
    }
    if (Thread.currentThread() == runner) {
      throw new ClockBusyException(
          "an entry of the timeline can't move the clock; let it end first");
    }
  }

  private boolean hasDue(Instant now) {
    Entry next = agenda.peek();
    return next != null && !next.at().isAfter(now);
  }

  private Report report(Instant from) {
    Report report = new Report(from, now(), List.copyOf(ran), dropped);
    ran = new ArrayList<>();
    dropped = 0;
    return report;
  }

  private void startRunner() {
    if (runner == null && !closed) {
      Thread thread = new Thread(this::runEntries, threadName);
      thread.setDaemon(true);
      runner = thread;
      thread.start();
    }
  }

  private void runEntries() {
    lock.lock();
    try {
      while (!closed) {
        Instant limit = move != null ? move.target : now();
        Entry next = agenda.peek();
        if (next != null && !next.at().isAfter(limit)) {
          runNext();
        } else if (move != null) {
          endMove(move);
        } else {
          progress.signalAll();
          awaitNext(next);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      progress.signalAll();
      lock.unlock();
    }
  }

  private void runNext() {
    Entry entry = agenda.remove();
    long startedIn = epoch;
    running = entry;
    boolean standing = mode == Mode.FROZEN || move != null;
    if (standing && entry.at().isAfter(reading.base())) {
      reading = readingOf(Mode.FROZEN, entry.at());
    }
    lock.unlock();
    try {
      entry.action().run();
    } catch (RuntimeException | Error e) {
      LOG.error("{} {} failed", entry.what(), entry.ref(), e);
    } finally {
      lock.lock();
      running = null;
      if (epoch == startedIn) {
        remember(entry);
      }
      progress.signalAll();
    }
  }

  private void remember(Entry entry) {
    if (ran.size() < REPORTED_ENTRIES) {
      ran.add(new Ran(entry.at(), entry.what(), entry.ref()));
    } else {
      dropped++;
    }
  }

  private void endMove(Move ended) {
    reading = readingOf(mode, ended.target);
    ended.done = true;
    move = null;
    progress.signalAll();
  }

  private void awaitNext(@Nullable Entry next) throws InterruptedException {
    if (next == null || mode == Mode.FROZEN) {
      agendaChanged.await();
    } else {
      double nanos = Duration.between(now(), next.at()).toMillis() * 1e6 / speed;
      agendaChanged.await(Math.max(1_000_000L, (long) nanos), TimeUnit.NANOSECONDS);
    }
  }
}
