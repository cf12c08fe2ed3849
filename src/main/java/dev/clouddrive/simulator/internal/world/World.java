package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.ids.IdSource;
import dev.clouddrive.simulator.internal.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything one simulator knows. Its state is read and changed under one lock, which nobody may
 * hold across a call to elsewhere: what streams or waits does so outside.
 */
public final class World {
  private final Timeline timeline;
  private final BlobStore blobs;
  private final IdSource ids;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<Runnable> onRestart = new ArrayList<>();

  private WorldState state;
  private Loaded loaded;
  private volatile long epoch;
  private final AtomicLong version = new AtomicLong();
  private volatile Runnable onChange = () -> {};

  /**
   * A world to go back to.
   *
   * @param startsAt null to start at the wall clock's time
   */
  private record Loaded(
      WorldState state,
      long idState,
      Timeline.Mode mode,
      @Nullable Instant startsAt,
      double speed) {}

  World(Timeline timeline, BlobStore blobs, IdSource ids) {
    this(timeline, blobs, ids, new WorldState());
  }

  World(Timeline timeline, BlobStore blobs, IdSource ids, WorldState state) {
    this.timeline = timeline;
    this.blobs = blobs;
    this.ids = ids;
    this.state = state;
    this.loaded = snapshot(null);
  }

  public Timeline timeline() {
    return timeline;
  }

  public Instant now() {
    return timeline.now();
  }

  public BlobStore blobs() {
    return blobs;
  }

  public IdSource ids() {
    return ids;
  }

  /** Reads the state; the function must neither change it nor let parts of it escape. */
  public <T extends @Nullable Object> T read(Function<WorldState, T> reader) {
    lock.readLock().lock();
    try {
      return reader.apply(state);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Changes the state, alone. */
  public <T extends @Nullable Object> T change(Function<WorldState, T> change) {
    lock.writeLock().lock();
    try {
      return change.apply(state);
    } finally {
      version.incrementAndGet();
      lock.writeLock().unlock();
      onChange.run();
    }
  }

  /** Counts how often another state has begun: what was under way before then is void. */
  public long epoch() {
    return epoch;
  }

  /** The value in force of a switch. */
  public <T> T option(Options.Option<T> option) {
    return read(s -> s.options.get(option));
  }

  /** To be run when another state has begun: what was scheduled is to be scheduled anew from it. */
  public void onRestart(Runnable action) {
    onRestart.add(action);
  }

  /**
   * Becomes another world, from now on and after each {@link #reset}. Nothing is emitted.
   *
   * @param other what was loaded; it is of no use afterwards
   */
  public void adopt(World other) {
    Loaded whole = other.loaded;
    lock.writeLock().lock();
    try {
      loaded = whole;
    } finally {
      lock.writeLock().unlock();
    }
    other.timeline.close();
    reset();
  }

  /**
   * Goes on where an earlier run has ended; {@link #reset} goes back to what was loaded before.
   * What is pending is scheduled by {@link #resume()}.
   */
  public void goOn(World earlier) {
    begin(earlier.loaded);
    earlier.timeline.close();
  }

  private void begin(Loaded start) {
    lock.writeLock().lock();
    try {
      epoch++;
      state = start.state().copy();
      ids.restore(start.idState());
      Instant at = start.startsAt();
      timeline.restart(start.mode(), at == null ? Timeline.wallClock() : at, start.speed());
    } finally {
      lock.writeLock().unlock();
    }
    touch();
  }

  /** Schedules what is pending in the state. */
  public void resume() {
    onRestart.forEach(Runnable::run);
  }

  /** Counts the changes. */
  public long version() {
    return version.get();
  }

  /** To be run after each change; it must not wait for anything. */
  public void onChange(Runnable action) {
    onChange = action;
  }

  /** Tells of a change outside of the state, such as of the clock. */
  public void touch() {
    version.incrementAndGet();
    onChange.run();
  }

  /** Makes the present state the one that {@link #reset} goes back to. */
  void markLoaded(@Nullable Instant startsAt) {
    lock.writeLock().lock();
    try {
      loaded = snapshot(startsAt);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Loaded snapshot(@Nullable Instant startsAt) {
    return new Loaded(state.copy(), ids.state(), timeline.mode(), startsAt, timeline.speed());
  }

  /** Goes back to how the world was loaded, clock and ids included. Nothing is emitted. */
  public void reset() {
    begin(read(unused -> loaded));
    resume();
  }
}
