package dev.clouddrive.simulator.internal.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Small content, in the heap. */
final class MemoryBlob extends Blob {
  private final byte[] content;
  private final String md5;

  MemoryBlob(byte[] content, String md5) {
    this.content = content;
    this.md5 = md5;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public String md5() {
    return md5;
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
