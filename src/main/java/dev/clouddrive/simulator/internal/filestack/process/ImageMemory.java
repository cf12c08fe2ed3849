package dev.clouddrive.simulator.internal.filestack.process;

import java.util.concurrent.Semaphore;

/**
 * The part of the heap that pictures may take while they are converted: half of it. A conversion
 * waits until others have given back what it needs; one that needs more than there is at all is
 * refused.
 */
final class ImageMemory {
  /** The vendor's limit (filestack-files.md 5.5). */
  private static final long MOST_PIXELS = 100_000_000L;

  /** The decoded picture and one that is being made from it, four bytes a pixel each. */
  private static final long BYTES_PER_PIXEL = 8;

  private static final long UNIT = 1024 * 1024;

  private final int units = (int) Math.max(1, Runtime.getRuntime().maxMemory() / 2 / UNIT);
  private final Semaphore free = new Semaphore(units, true);

  /** What a conversion holds until it ends. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws ProcessException if the picture is over the vendor's limit, or over what there is
   */
  Share take(long width, long height) throws ProcessException {
    requireFits(width, height);
    int needed = units(width, height);
    free.acquireUninterruptibly(needed);
    return () -> free.release(needed);
  }

  /** Whether a picture of that size can be made at all. */
  void requireFits(long width, long height) throws ProcessException {
    if (width * height > MOST_PIXELS || units(width, height) > units) {
      throw new ProcessException(400, "conv20 provider error: Output size limit exceeded (idx 0)");
    }
  }

  private static int units(long width, long height) {
    return (int) Math.max(1, width * height * BYTES_PER_PIXEL / UNIT);
  }
}
