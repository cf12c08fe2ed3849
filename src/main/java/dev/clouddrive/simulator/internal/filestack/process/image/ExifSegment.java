package dev.clouddrive.simulator.internal.filestack.process.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The segment of a JPEG that holds EXIF (CIPA DC-008, 4.7.2). */
final class ExifSegment {
  private static final int SOI = 0xFFD8;
  private static final int APP1 = 0xFFE1;
  private static final int SOS = 0xFFDA;
  private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private ExifSegment() {}

  /** With its marker; empty when there is none. */
  static byte[] read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
    try {
      if (in.readUnsignedShort() != SOI) {
        return new byte[0];
      }
      for (int i = 0; i < 32; i++) {
        int marker = in.readUnsignedShort();
        int length = in.readUnsignedShort();
        if (marker == SOS || marker < 0xFF00 || length < 2) {
          break;
        }
        byte[] content = in.readNBytes(length - 2);
        if (marker == APP1 && startsWith(content, NAME)) {
          byte[] segment = new byte[length + 2];
          segment[0] = (byte) 0xFF;
          segment[1] = (byte) 0xE1;
          segment[2] = (byte) (length >> 8);
          segment[3] = (byte) length;
          System.arraycopy(content, 0, segment, 4, content.length);
          return segment;
        }
      }
    } catch (EOFException e) {
      // Cut off: what is missing has no EXIF either.
    }
    return new byte[0];
  }

  private static boolean startsWith(byte[] content, byte[] start) {
    return content.length >= start.length
        && Arrays.equals(content, 0, start.length, start, 0, start.length);
  }

  /**
   * How the camera was held (CIPA DC-008, 4.6.4, tag 0x0112).
   *
   * @param segment as {@link #read} gives it
   * @return 1 to 8; 1 where it doesn't say
   */
  static int orientation(byte[] segment) {
    int tiff = 4 + NAME.length;
    if (segment.length < tiff + 8) {
      return 1;
    }
    ByteBuffer exif = ByteBuffer.wrap(segment);
    exif.order(segment[tiff] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    try {
      int directory = tiff + exif.getInt(tiff + 4);
      int entries = exif.getShort(directory) & 0xFFFF;
      for (int i = 0; i < entries; i++) {
        int entry = directory + 2 + 12 * i;
        if ((exif.getShort(entry) & 0xFFFF) == 0x0112) {
          int value = exif.getShort(entry + 8);
          return value >= 1 && value <= 8 ? value : 1;
        }
      }
    } catch (IndexOutOfBoundsException e) {
      // Damaged: it doesn't say.
    }
    return 1;
  }
}
