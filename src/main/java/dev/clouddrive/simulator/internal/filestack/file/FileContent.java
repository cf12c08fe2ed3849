package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.http.Body;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a handle gives at this moment.
 *
 * @param etag changes with the bytes
 * @param modified when the bytes were written
 * @param standIn whether it only stands in for what a missing program would make
 */
public record FileContent(
    String filename,
    String mimetype,
    long size,
    String etag,
    Instant modified,
    boolean standIn,
    Source source) {

  /** What a file gives, or what was really made of one. */
  public FileContent(
      String filename, String mimetype, long size, String etag, Instant modified, Source source) {
    this(filename, mimetype, size, etag, modified, false, source);
  }

  /** Reads a part of the bytes. */
  @FunctionalInterface
  public interface Source {
    /**
     * @throws FileUnavailableException if the bytes can't be had any more
     */
    Body read(long from, long length) throws IOException;
  }

  /** All bytes. */
  public Body body() throws IOException {
    return source.read(0, size);
  }

  /** The bytes of a handle can't be had. */
  public static final class FileUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param status the HTTP status that tells it
     */
    FileUnavailableException(int status, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }
}
