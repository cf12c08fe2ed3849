package dev.clouddrive.simulator.internal.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Small content, in the heap. Its digest is computed when it is first asked for. */
final class MemoryBlob extends Blob {
  private final byte[] content;
  private volatile @Nullable String md5;

  MemoryBlob(byte[] content) {
    this.content = content;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public String md5() {
    String known = md5;
    if (known == null) {
      known = Digests.md5(open(0, content.length));
      md5 = known;
    }
    return known;
  }

  @Override
  InputStream open(long from, long length) {
    return new ByteArrayInputStream(content, (int) from, (int) length);
  }

  @Override
  void write(long from, long length, WritableByteChannel sink) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content, (int) from, (int) length);
    while (bytes.hasRemaining()) {
      sink.write(bytes);
    }
  }
}
