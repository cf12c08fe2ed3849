package dev.clouddrive.simulator.internal.data;

import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldException;
import dev.clouddrive.simulator.internal.world.WorldImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that keeps a world: small documents in H2's MVStore, contents in files. What changed
 * is written by one thread, as often as it can; {@link #awaitKept()} waits until all that has
 * changed so far would be there after a power cut. So many requests share one write.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final String STORE = "world.mv";
  private static final String CONTENTS = "contents";
  private static final String HEAD = "head";
  private static final String WALL = "wallClock";

  /** A document that is in the store. */
  private record Kept(long number, Object mark) {}

  private final Path directory;
  private final BlobStore blobs;
  private final MVStore store;
  private final Map<String, Map<Object, Kept>> kept = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final Thread writer = new Thread(this::write, "clouddrive-data");

  private @Nullable World world;

  /** What the store held when it was opened; null where that was nothing, and once it is read. */
  private @Nullable JsonObject earlier;

  private Map<String, @Nullable Object> keptHead = Map.of();
  private long nextNumber;
  private long keptVersion = -1;
  private @Nullable RuntimeException failure;
  private boolean closed;

  private DataDirectory(Path directory, BlobStore blobs, MVStore store) {
    this.directory = directory;
    this.blobs = blobs;
    this.store = store;
    writer.setDaemon(true);
  }

  /**
   * Opens a directory, which is made when needed.
   *
   * @throws WorldException if another process has it, or it can't be read
   */
  public static DataDirectory open(Path directory) {
    try {
      Files.createDirectories(directory);
      MVStore store =
          new MVStore.Builder()
              .fileName(directory.resolve(STORE).toString())
              .autoCommitDisabled()
              .open();
      try {
        DataDirectory opened =
            new DataDirectory(directory, new BlobStore(directory.resolve(CONTENTS)), store);
        opened.earlier = opened.read();
        opened.blobs.removeOthers(
            opened.earlier == null ? Set.of() : BlobStore.files(opened.earlier));
        return opened;
      } catch (IOException | RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (JsonException e) {
      throw new WorldException(directory + " can't be read: " + e.getMessage());
    } catch (MVStoreException e) {
      throw new WorldException(
          directory
              + " can't be used: "
              + (String.valueOf(e.getMessage()).contains("locked")
                  ? "another simulator runs on it; stop that, or take another directory"
                  : "its "
                      + STORE
                      + " is damaged; remove it, or take another directory ("
                      + e.getMessage()
                      + ")"));
    } catch (FileAlreadyExistsException e) {
      throw new WorldException(directory + " can't be used: there is a file of that name");
    } catch (IOException e) {
      throw new WorldException(directory + " can't be used: " + e.getMessage());
    } catch (UncheckedIOException e) {
      throw new WorldException(directory + " can't be used: " + e.getCause().getMessage());
    }
  }

  /** Where the contents of the world are to be. */
  public BlobStore blobs() {
    return blobs;
  }

  /**
   * The export of the world that is kept; empty where there is none yet. Its clock is where it
   * would be, had it gone on.
   */
  public Optional<JsonObject> earlier() {
    return Optional.ofNullable(earlier);
  }

  private @Nullable JsonObject read() {
    byte[] head = map(HEAD).get(0L);
    if (head == null) {
      return null;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    // One object: the head's keys, and a list for each collection.
    text.write(head, 0, head.length - 1);
    for (String name : store.getMapNames()) {
      if (name.equals(HEAD)) {
        continue;
      }
      text.writeBytes((",\"" + name + "\":[").getBytes(StandardCharsets.UTF_8));
      String comma = "";
      for (byte[] document : map(name).values()) {
        text.writeBytes(comma.getBytes(StandardCharsets.UTF_8));
        text.writeBytes(document);
        comma = ",";
      }
      text.write(']');
    }
    text.write('}');
    return Json.parseObject(text.toByteArray());
  }

  private MVMap<Long, byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<Long, byte[]>()
            .keyType(LongDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** Keeps a world from now on, in the place of what was kept before. */
  public void keep(World newWorld) {
    world = newWorld;
    earlier = null;
    try {
      // All in one write: there is the one world or the other.
      store.getMapNames().forEach(name -> map(name).clear());
      commit();
      blobs.releaseRecalled();
    } catch (IOException e) {
      throw new WorldException(directory + " can't be written: " + e.getMessage());
    }
    newWorld.onChange(this::signal);
    writer.start();
  }

  private void signal() {
    if (lock.tryLock()) {
      try {
        changed.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  private void write() {
    lock.lock();
    try {
      while (!closed) {
        if (world().version() == keptVersion) {
          // Nobody waits, and a signal may have been missed: look again soon.
          changed.awaitNanos(20_000_000);
          continue;
        }
        lock.unlock();
        long version = -1;
        RuntimeException problem = null;
        try {
          version = commit();
        } catch (IOException | RuntimeException | Error e) {
          // Whoever waits is told, whatever it was: a writer that ends lets them wait for ever.
          LOG.error("{} can't be written", directory, e);
          problem =
              new IllegalStateException(directory + " can't be written: " + e.getMessage(), e);
        } finally {
          lock.lock();
        }
        keptVersion = Math.max(keptVersion, version);
        failure = problem;
        written.signalAll();
        if (problem != null) {
          changed.awaitNanos(1_000_000_000);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private World world() {
    World keptWorld = world;
    if (keptWorld == null) {
      throw new IllegalStateException("no world is kept yet");
    }
    return keptWorld;
  }

  /** Writes what differs from what is kept; the version of the world that is kept then. */
  private synchronized long commit() throws IOException {
    WorldImage image = WorldImage.of(world());
    // What is replaced must not be cleaned away before it is of no use after a crash, too.
    List<Object> replaced = new ArrayList<>();
    boolean differs = false;
    for (Map.Entry<String, List<WorldImage.Item>> collection : image.collections().entrySet()) {
      differs |= commit(collection.getKey(), collection.getValue(), replaced);
    }
    Map<String, @Nullable Object> head = image.lasting();
    if (differs || !head.equals(keptHead)) {
      Map<String, @Nullable Object> newHead = image.head();
      newHead.put(WALL, image.wallClock());
      map(HEAD).put(0L, Json.bytes(newHead));
      store.commit();
      store.sync();
      keptHead = head;
    }
    replaced.clear();
    return image.version();
  }

  /** Whether anything has changed. */
  private boolean commit(String name, List<WorldImage.Item> items, List<Object> replaced)
      throws IOException {
    boolean differs = false;
    Map<Object, Kept> documents = kept.computeIfAbsent(name, n -> new HashMap<>());
    MVMap<Long, byte[]> map = map(name);
    for (WorldImage.Item item : items) {
      Kept before = documents.get(item.key());
      if (before != null && item.isAs(before.mark())) {
        continue;
      }
      long number = before == null ? nextNumber++ : before.number();
      map.put(number, Json.bytes(item.writer().write(blobs::reference)));
      documents.put(item.key(), new Kept(number, item.mark()));
      differs = true;
      if (before != null) {
        replaced.add(before.mark());
      }
    }
    if (documents.size() > items.size()) {
      differs = true;
      Set<Object> present = new HashSet<>(items.size() * 2);
      items.forEach(item -> present.add(item.key()));
      documents
          .entrySet()
          .removeIf(
              document -> {
                boolean gone = !present.contains(document.getKey());
                if (gone) {
                  map.remove(document.getValue().number());
                  replaced.add(document.getValue().mark());
                }
                return gone;
              });
    }
    return differs;
  }

  /**
   * Waits until everything that has changed so far is on disk.
   *
   * @throws IllegalStateException if it can't be written
   */
  public void awaitKept() {
    long version = world().version();
    lock.lock();
    try {
      while (keptVersion < version && !closed) {
        changed.signal();
        written.await();
        if (failure != null) {
          throw failure;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      changed.signalAll();
      written.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      writer.join(5_000);
      if (world != null) {
        commit();
      }
    } catch (IOException e) {
      LOG.error("{} can't be written", directory, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      store.close();
    }
  }
}
