package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.ids.IdSource;
import dev.clouddrive.simulator.internal.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    this.timeline = timeline;
    this.blobs = blobs;
    this.ids = ids;
    this.state = new WorldState();
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
      lock.writeLock().unlock();
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
    lock.writeLock().lock();
    try {
      epoch++;
      state = loaded.state().copy();
      ids.restore(loaded.idState());
      Instant start = loaded.startsAt();
      timeline.restart(loaded.mode(), start == null ? Timeline.wallClock() : start, loaded.speed());
    } finally {
      lock.writeLock().unlock();
    }
    onRestart.forEach(Runnable::run);
  }
}
