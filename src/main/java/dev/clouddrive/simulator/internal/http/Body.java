package dev.clouddrive.simulator.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** What a request or response carries. A body is read once unless it says otherwise. */
public interface Body {
  Body EMPTY = new Bytes(new byte[0]);

  /** Bytes, or -1 where that is known only at the end. */
  long length();

  /** The bytes as a stream. */
  InputStream openStream() throws IOException;

  /** Writes the bytes to a blocking channel. */
  default void writeTo(WritableByteChannel sink) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = openStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, n);
        while (chunk.hasRemaining()) {
          sink.write(chunk);
        }
      }
    }
  }

  /**
   * All bytes.
   *
   * @throws BodyTooLargeException if there are more than the limit
   */
  default byte[] readAll(int limit) throws IOException {
    try (InputStream in = openStream()) {
      byte[] bytes = in.readNBytes(limit);
      if (bytes.length == limit && in.read() >= 0) {
        throw new BodyTooLargeException(limit);
      }
      return bytes;
    }
  }

  /** A body that is in memory, readable any number of times. */
  record Bytes(byte[] content) implements Body {
    @Override
    public long length() {
      return content.length;
    }

    @Override
    public InputStream openStream() {
      return new ByteArrayInputStream(content);
    }

    @Override
    public void writeTo(WritableByteChannel sink) throws IOException {
      ByteBuffer chunk = ByteBuffer.wrap(content);
      while (chunk.hasRemaining()) {
        sink.write(chunk);
      }
    }
  }

  static Body of(byte[] content) {
    return new Bytes(content);
  }

  static Body of(String content) {
    return new Bytes(content.getBytes(StandardCharsets.UTF_8));
  }
}
