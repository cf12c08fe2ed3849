package dev.clouddrive.simulator.internal.blob;

import dev.clouddrive.simulator.internal.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.util.OptionalLong;

/** Content that never changes, readable from any position by any number of readers at once. */
public abstract sealed class Blob permits MemoryBlob, FileBlob, GeneratedBlob, JoinedBlob {

  /** Bytes. */
  public abstract long size();

  /** The MD5 of the content, 32 lower-case hex digits. */
  public abstract String md5();

  /** What tells this content from another without reading it; the MD5 where that is known. */
  public String etag() {
    return md5();
  }

  /** The bytes from a position on, so many at the most, as a stream. */
  abstract InputStream open(long from, long length) throws IOException;

  abstract void write(long from, long length, WritableByteChannel sink) throws IOException;

  /** The seed of generated content; empty for content that somebody gave. */
  public OptionalLong seed() {
    return OptionalLong.empty();
  }

  /** The whole content; can be read any number of times. */
  public Body body() {
    return new BlobBody(this, 0, size());
  }

  /** A part of the content; can be read any number of times. */
  public Body body(long from, long length) {
    if (from < 0 || length < 0 || from + length > size()) {
      throw new IllegalArgumentException(
          from + "+" + length + " lies outside of " + size() + " bytes");
    }
    return new BlobBody(this, from, length);
  }

  /** A body that is a part of a blob, or all of it. */
  record BlobBody(Blob blob, long from, long length) implements Body {
    @Override
    public InputStream openStream() throws IOException {
      return blob.open(from, length);
    }

    @Override
    public void writeTo(WritableByteChannel sink) throws IOException {
      blob.write(from, length, sink);
    }

    boolean isWhole() {
      return from == 0 && length == blob.size();
    }
  }
}
