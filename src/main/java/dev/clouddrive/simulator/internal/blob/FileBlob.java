package dev.clouddrive.simulator.internal.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Content in a file of the store. Readers use positioned reads into a direct buffer: the
 * connection's {@code transferFrom} ignores the position before the response headers are out, and
 * is slower.
 */
final class FileBlob extends Blob {
  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private final long size;
  private final String md5;
  private boolean forced;

  FileBlob(Path file, long size, String md5) {
    this.file = file;
    this.size = size;
    this.md5 = md5;
  }

  /** The file's name in its folder. */
  String name() {
    return String.valueOf(file.getFileName());
  }

  /** Makes the bytes outlive the machine's sudden end; once is enough. */
  synchronized void force() throws IOException {
    if (!forced) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      forced = true;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String md5() {
    return md5;
  }

  @Override
  InputStream open(long from, long length) throws IOException {
    return new Slice(FileChannel.open(file, StandardOpenOption.READ), from, length);
  }

  @Override
  void write(long from, long length, WritableByteChannel sink) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
      long at = from;
      long end = from + length;
      while (at < end) {
        buffer.clear().limit((int) Math.min(BUFFER, end - at));
        int n = channel.read(buffer, at);
        if (n < 0) {
          throw new EOFException("a stored content is shorter than it was written");
        }
        at += n;
        buffer.flip();
        while (buffer.hasRemaining()) {
          sink.write(buffer);
        }
      }
    }
  }

  private static final class Slice extends InputStream {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long at;
    private final long end;

    Slice(FileChannel channel, long from, long length) {
      this.channel = channel;
      this.at = from;
      this.end = from + length;
      buffer.limit(0);
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int n = Math.min(length, buffer.remaining());
      buffer.get(target, offset, n);
      return n;
    }

    private boolean fill() throws IOException {
      if (buffer.hasRemaining()) {
        return true;
      }
      if (at >= end) {
        return false;
      }
      buffer.clear().limit((int) Math.min(BUFFER, end - at));
      int n = channel.read(buffer, at);
      if (n < 0) {
        throw new EOFException("a stored content is shorter than it was written");
      }
      at += n;
      buffer.flip();
      return true;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
