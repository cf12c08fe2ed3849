package dev.clouddrive.simulator.internal.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Content that is computed from a seed when it is read: any size at no cost of memory or disk. */
final class GeneratedBlob extends Blob {
  private static final int BUFFER = 64 * 1024;

  private final long size;
  private final long seed;
  private volatile @Nullable String md5;

  GeneratedBlob(long size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  @Override
  public OptionalLong seed() {
    return OptionalLong.of(seed);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String md5() {
    String known = md5;
    if (known == null) {
      known = Digests.md5(open(0, size));
      md5 = known;
    }
    return known;
  }

  @Override
  InputStream open(long from, long length) {
    return new Generator(from, length);
  }

  @Override
  void write(long from, long length, WritableByteChannel sink) throws IOException {
    byte[] chunk = new byte[BUFFER];
    try (InputStream in = open(from, length)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
        while (bytes.hasRemaining()) {
          sink.write(bytes);
        }
      }
    }
  }

  /** Eight bytes at a time, each word from its own position. */
  private long word(long index) {
    long z = seed + index * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private final class Generator extends InputStream {
    private long at;
    private final long end;

    Generator(long from, long length) {
      this.at = from;
      this.end = from + length;
    }

    @Override
    public int read() {
      return at >= end ? -1 : byteAt(at++) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (at >= end) {
        return -1;
      }
      int n = (int) Math.min(length, end - at);
      int i = 0;
      while (i < n) {
        long word = word(at >>> 3) >>> ((at & 7) * 8);
        for (int left = (int) (8 - (at & 7)); left > 0 && i < n; left--) {
          target[offset + i++] = (byte) word;
          word >>>= 8;
          at++;
        }
      }
      return n;
    }

    private byte byteAt(long position) {
      return (byte) (word(position >>> 3) >>> ((position & 7) * 8));
    }
  }
}
