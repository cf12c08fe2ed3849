package dev.clouddrive.simulator.internal.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/** A body that is cut off or slow, as its {@link Transmission} says. */
record FaultyBody(Body body, Transmission transmission) implements Body {
  @Override
  public long length() {
    return body.length();
  }

  @Override
  public InputStream openStream() throws IOException {
    return new FilterInputStream(body.openStream()) {
      private final long began = System.nanoTime();
      private long sent;

      @Override
      public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int most = length;
        if (transmission.truncateAt() >= 0) {
          if (sent >= transmission.truncateAt()) {
            throw new EOFException("cut off by a fault");
          }
          most = (int) Math.min(most, transmission.truncateAt() - sent);
        }
        if (transmission.bytesPerSecond() > 0) {
          most = (int) Math.min(most, Math.max(1, transmission.bytesPerSecond() / 10));
        }
        int n = super.read(target, offset, most);
        if (n > 0) {
          sent += n;
          keepPace();
        }
        return n;
      }

      private void keepPace() {
        if (transmission.bytesPerSecond() > 0) {
          long due = began + (long) (sent * 1e9 / transmission.bytesPerSecond());
          for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
        }
      }
    };
  }
}
