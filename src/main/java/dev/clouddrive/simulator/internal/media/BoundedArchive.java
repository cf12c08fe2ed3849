package dev.clouddrive.simulator.internal.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a zip archive entry by entry, and ends when there are too many of them or more comes out
 * than an honest document has: an archive of a few kilobytes can hold gigabytes.
 */
public final class BoundedArchive implements AutoCloseable {
  private static final int MOST_ENTRIES = 5_000;
  private static final long MOST_BYTES = 128L * 1024 * 1024;

  private final ZipInputStream zip;
  private int entries;
  private long bytes;

  public BoundedArchive(InputStream archive) {
    this.zip = new ZipInputStream(archive);
  }

  /** More is in the archive than is read. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException() {
      super("the archive holds more than is read");
    }
  }

  /**
   * The next entry, once the one before is read over.
   *
   * @throws TooLargeException when it gets too much
   */
  Optional<ZipEntry> next() throws IOException {
    if (entries > 0) {
      skip();
    }
    ZipEntry entry = zip.getNextEntry();
    if (entry != null && ++entries > MOST_ENTRIES) {
      throw new TooLargeException();
    }
    return Optional.ofNullable(entry);
  }

  private void skip() throws IOException {
    byte[] scrap = new byte[32 * 1024];
    for (int n = zip.read(scrap); n >= 0; n = zip.read(scrap)) {
      bytes += n;
      if (bytes > MOST_BYTES) {
        throw new TooLargeException();
      }
    }
  }

  /** The beginning of the entry that is read. */
  byte[] read(int limit) throws IOException {
    return zip.readNBytes(limit);
  }

  /**
   * Reads an archive over.
   *
   * @throws TooLargeException if it is too much
   * @throws ZipException if it is no archive, or an empty one
   */
  public static void check(InputStream archive) throws IOException {
    try (BoundedArchive all = new BoundedArchive(archive)) {
      if (all.next().isEmpty()) {
        throw new ZipException("no entry");
      }
      while (all.next().isPresent()) {
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
