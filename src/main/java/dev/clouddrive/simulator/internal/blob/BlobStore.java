package dev.clouddrive.simulator.internal.blob;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where contents live: up to {@value #IN_MEMORY} bytes in the heap, larger ones each in a file of a
 * temporary folder. A file goes when nothing refers to its blob any more, and all go with the
 * store. Files are named by a number of our own; a user's name never becomes a path.
 */
public final class BlobStore implements AutoCloseable {
  private static final int IN_MEMORY = 64 * 1024;

  /** Files of blobs that nobody refers to any more are removed by the platform's cleaner thread. */
  private final Cleaner cleaner = Cleaner.create();

  private final AtomicLong nextFile = new AtomicLong();
  private @Nullable Path folder;

  /** Content that is in memory already. */
  public Blob of(byte[] content) {
    MessageDigest digest = Digests.of("MD5");
    digest.update(content);
    return new MemoryBlob(content.clone(), Digests.hex(digest));
  }

  /** Content made from a seed. */
  public Blob generated(long size, long seed) {
    return new GeneratedBlob(size, seed);
  }

  /** Contents one after the other, without a copy. */
  public Blob joined(List<Blob> parts) {
    return parts.size() == 1 ? parts.get(0) : new JoinedBlob(parts);
  }

  /** Takes a body in. A body that is a whole blob is shared, not copied. */
  public Blob store(Body body) throws IOException {
    if (body instanceof Blob.BlobBody part && part.isWhole()) {
      return part.blob();
    }
    try (InputStream in = body.openStream()) {
      return store(in, Long.MAX_VALUE);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param limit bytes
   * @throws BodyTooLargeException if there are more bytes than the limit; nothing is kept then
   */
  public Blob store(InputStream in, long limit) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (Writer writer = new Writer()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (writer.size + n > limit) {
          throw new BodyTooLargeException(limit);
        }
        writer.write(buffer, 0, n);
      }
      return writer.finish();
    }
  }

  /** Keeps what is written. */
  public Blob store(Content content) throws IOException {
    try (Writer writer = new Writer()) {
      content.writeTo(writer);
      return writer.finish();
    }
  }

  /** Writes a content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Begins in the heap and goes on in a file; without {@link #finish} nothing is kept. */
  private final class Writer extends OutputStream {
    private final MessageDigest digest = Digests.of("MD5");
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private OutputStream out = memory;
    private @Nullable Path file;
    private long size;
    private boolean finished;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      size += length;
      digest.update(bytes, offset, length);
      try {
        if (file == null && size > IN_MEMORY) {
          file = newFile();
          out = Files.newOutputStream(file);
          memory.writeTo(out);
        }
        out.write(bytes, offset, length);
      } catch (IOException e) {
        // Our own disk fails, which is another matter than a body that can't be read.
        throw new UncheckedIOException(e);
      }
    }

    Blob finish() throws IOException {
      out.close();
      finished = true;
      String md5 = Digests.hex(digest);
      return file == null ? new MemoryBlob(memory.toByteArray(), md5) : register(file, size, md5);
    }

    @Override
    public void close() throws IOException {
      out.close();
      if (!finished && file != null) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Blob register(Path file, long size, String md5) {
    FileBlob blob = new FileBlob(file, size, md5);
    cleaner.register(blob, () -> delete(file));
    return blob;
  }

  private synchronized Path newFile() throws IOException {
    Path into = folder;
    if (into == null) {
      into = Files.createTempDirectory("clouddrive-simulator-");
      folder = into;
    }
    return into.resolve(Long.toString(nextFile.getAndIncrement()));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    Path gone = folder;
    folder = null;
    if (gone == null) {
      return;
    }
    try (Stream<Path> files = Files.list(gone)) {
      files.forEach(BlobStore::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    delete(gone);
  }
}
