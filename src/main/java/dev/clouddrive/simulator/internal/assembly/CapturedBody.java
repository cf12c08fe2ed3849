package dev.clouddrive.simulator.internal.assembly;

import dev.clouddrive.simulator.internal.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that remembers its beginning when it is read. */
final class CapturedBody implements Body {
  private final Body body;
  private final int limit;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(0);

  CapturedBody(Body body, int limit) {
    this.body = body;
    this.limit = limit;
  }

  byte[] captured() {
    return beginning.toByteArray();
  }

  @Override
  public long length() {
    return body.length();
  }

  @Override
  public InputStream openStream() throws IOException {
    return new FilterInputStream(body.openStream()) {
      @Override
      public int read() throws IOException {
        int b = super.read();
        if (b >= 0 && beginning.size() < limit) {
          beginning.write(b);
        }
        return b;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        if (n > 0) {
          beginning.write(target, offset, Math.min(n, limit - beginning.size()));
        }
        return n;
      }
    };
  }
}
