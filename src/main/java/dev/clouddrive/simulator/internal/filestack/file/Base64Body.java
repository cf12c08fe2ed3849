package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** A body as Base64, encoded while it is read. */
record Base64Body(Body content) implements Body {
  /** A multiple of three, so that only the last piece is padded. */
  private static final int PIECE = 48 * 1024;

  @Override
  public long length() {
    return content.length() < 0 ? -1 : (content.length() + 2) / 3 * 4;
  }

  @Override
  public InputStream openStream() throws IOException {
    InputStream in = content.openStream();
    return new InputStream() {
      private byte[] piece = new byte[0];
      private int at;

      @Override
      public int read() throws IOException {
        return fill() ? piece[at++] : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (!fill()) {
          return -1;
        }
        int n = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, target, offset, n);
        at += n;
        return n;
      }

      private boolean fill() throws IOException {
        if (at == piece.length) {
          piece = Base64.getEncoder().encode(in.readNBytes(PIECE));
          at = 0;
        }
        return piece.length > 0;
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }
}
