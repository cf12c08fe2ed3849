package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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

  private static final long PATIENCE_SECONDS = 30;

  private static final long UNIT = 1024 * 1024;

  private final int units = (int) Math.max(1, Runtime.getRuntime().maxMemory() / 2 / UNIT);
  private final Semaphore free = new Semaphore(units);

  /** What a conversion holds until it ends. */
  final class Lease implements AutoCloseable {
    private int held;
    private int frames = 1;

    /** Every picture from now on has so many frames. */
    void frames(int count) {
      frames = Math.max(1, count);
    }

    /**
     * Makes sure that there is room for a picture of that size beside the one that it is made of.
     * Waits while others have what is needed.
     *
     * @throws ProcessException if the picture is over the vendor's limit, or over what there is
     */
    void take(long width, long height) throws ProcessException {
      long needed = (long) units(width, height) * frames;
      if (width * height > MOST_PIXELS || needed > units) {
        throw ProcessException.provider("Output size limit exceeded");
      }
      int more = (int) needed - held;
      if (more > 0) {
        acquire(more);
        held += more;
      }
    }

    private void acquire(int more) throws ProcessException {
      try {
        // Two conversions that each hold a part and wait for more would else wait for ever.
        if (!free.tryAcquire(more, held > 0 ? 5 : PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw ProcessException.provider("Processing timeout");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ProcessException.provider("Processing timeout");
      }
    }

    @Override
    public void close() {
      free.release(held);
      held = 0;
    }
  }

  Lease lease() {
    return new Lease();
  }

  private static int units(long width, long height) {
    return (int) Math.max(1, width * height * BYTES_PER_PIXEL / UNIT);
  }
}
