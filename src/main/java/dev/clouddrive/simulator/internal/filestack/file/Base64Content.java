package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.blob.BlobStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Content that is sent as Base64 ({@code base64decode=true}, filestack-files.md 4.1). */
public final class Base64Content {
  private Base64Content() {}

  /** The content is no Base64. */
  public static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedException() {
      super("The content is not valid base64");
    }
  }

  /** Line breaks and spaces between the characters don't count. */
  public static Blob decode(Blob base64, BlobStore blobs) throws MalformedException {
    try (InputStream in = Base64.getDecoder().wrap(new WithoutSpaces(base64.body().openStream()))) {
      return blobs.store(in, Long.MAX_VALUE);
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedException();
    }
  }

  private static final class WithoutSpaces extends FilterInputStream {
    private final byte[] buffer = new byte[8 * 1024];
    private int at;
    private int end;

    WithoutSpaces(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      while (true) {
        if (at == end) {
          end = in.read(buffer);
          at = 0;
          if (end <= 0) {
            end = 0;
            return -1;
          }
        }
        byte b = buffer[at++];
        if (b > ' ') {
          return b;
        }
        if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
          throw new IOException("not Base64");
        }
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = 0;
      for (int b = 0; n < length && (b = read()) >= 0; n++) {
        target[offset + n] = (byte) b;
      }
      return n == 0 && length > 0 ? -1 : n;
    }
  }
}
