package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.world.Insight;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What engines work with while one chain runs. */
public final class Workbench implements AutoCloseable {
  /** Wall time that a chain may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlobStore blobs;
  private final List<FileContent> sources;
  private final Files files;
  private final Insight insight;
  private final boolean standIns;
  private final UnaryOperator<String> urls;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  private final Map<Object, AutoCloseable> resources = new LinkedHashMap<>();

  /** Finds the files that tasks name, such as a watermark. */
  @FunctionalInterface
  public interface Files {
    /**
     * @param handleOrUrl as the task has it
     */
    FileContent open(String handleOrUrl) throws IOException;
  }

  Workbench(
      BlobStore blobs,
      List<FileContent> sources,
      Files files,
      Insight insight,
      boolean standIns,
      UnaryOperator<String> urls) {
    this.blobs = blobs;
    this.sources = List.copyOf(sources);
    this.files = files;
    this.insight = insight;
    this.standIns = standIns;
    this.urls = urls;
  }

  /** What an engine holds while the chain runs: made once, closed at the chain's end. */
  @SuppressWarnings("unchecked") // an owner asks for its own kind only
  public <T extends AutoCloseable> T resource(Object owner, Supplier<T> maker) {
    return (T) resources.computeIfAbsent(owner, o -> maker.get());
  }

  @Override
  public void close() {
    for (AutoCloseable resource : resources.values()) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public BlobStore blobs() {
    return blobs;
  }

  /** Every source of the chain; the first is what tasks of one source are applied to. */
  public List<FileContent> sources() {
    return sources;
  }

  public FileContent open(String handleOrUrl) throws IOException {
    return files.open(handleOrUrl);
  }

  /** What the world says that a vendor's model would find in the first source. */
  public Insight insight() {
    return insight;
  }

  /** Whether small files may stand in for what a missing program would make. */
  public boolean mayStandIn() {
    return standIns;
  }

  /** Where other tasks give what they make of the same source. */
  public String urlOf(String tasks) {
    return urls.apply(tasks);
  }

  /** What is left of the time that a chain may take. */
  public Duration timeLeft() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /**
   * To be called now and then by what takes long.
   *
   * @throws ProcessException when the chain has taken too long
   */
  public void checkTime() throws ProcessException {
    if (System.nanoTime() > deadline) {
      throw ProcessException.provider("Processing timeout");
    }
  }
}
