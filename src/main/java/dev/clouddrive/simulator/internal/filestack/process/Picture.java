package dev.clouddrive.simulator.internal.filestack.process;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/**
 * A decoded image.
 *
 * @param format {@code jpg} or {@code png}: what it was decoded from
 * @param orientation how the camera was held, where the file says so
 */
record Picture(BufferedImage image, String format, @Nullable Orientation orientation) {
  /** Hears the size of a picture before it is decoded. */
  @FunctionalInterface
  interface Sized {
    void accept(int width, int height) throws ProcessException;
  }

  private static final String CORRUPTED =
      "conv20 provider error: Failed to identify the file, probably corrupted image provided (idx 0)";

  /**
   * Decodes JPEG and PNG. The size is looked at before a pixel is decoded.
   *
   * @param sized is told the size, and may refuse it
   * @throws ProcessException if it is another format, damaged or too large
   */
  static Picture decode(InputStream in, String mimetype, Sized sized) throws IOException {
    try (in;
        ImageInputStream input = ImageIO.createImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw mimetype.startsWith("image/") ? corrupted() : unsupported(mimetype);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, false, false);
        String format = formatOf(reader, mimetype);
        sized.accept(reader.getWidth(0), reader.getHeight(0));
        BufferedImage image = reader.read(0);
        Orientation orientation =
            format.equals("jpg") ? ExifUtils.getExifOrientation(reader, 0) : null;
        return new Picture(image, format, orientation);
      } catch (ProcessException e) {
        throw e;
      } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw corrupted();
      } finally {
        reader.dispose();
      }
    }
  }

  private static String formatOf(ImageReader reader, String mimetype) throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    return switch (format) {
      case "jpeg", "jpg" -> "jpg";
      case "png" -> "png";
      default -> throw unsupported(mimetype);
    };
  }

  private static ProcessException corrupted() {
    return new ProcessException(400, CORRUPTED);
  }

  private static ProcessException unsupported(String mimetype) {
    return new ProcessException(
        400, "conv20 provider error: " + mimetype + " conversions are not supported (idx 0)");
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** The same picture with other pixels, which stand as they are meant to be seen. */
  Picture with(BufferedImage changed) {
    return new Picture(changed, format, orientation);
  }

  /** Turned as the camera was held. */
  Picture upright() {
    if (orientation == null || orientation == Orientation.TOP_LEFT) {
      return new Picture(image, format, null);
    }
    BufferedImage turned = ExifFilterUtils.getFilterForOrientation(orientation).apply(image);
    return new Picture(turned, format, null);
  }

  /**
   * The picture as a file.
   *
   * @param quality 1 to 100, of JPEG alone; null for the encoder's own
   * @param background fills what is transparent where the format knows no transparency
   */
  byte[] encode(String targetFormat, @Nullable Integer quality, Color background)
      throws IOException {
    boolean jpeg = targetFormat.equals("jpg");
    BufferedImage drawn = jpeg ? opaque(background) : image;
    ImageWriter writer = ImageIO.getImageWritersByFormatName(targetFormat).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (jpeg && quality != null) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality / 100f);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(drawn, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private BufferedImage opaque(Color background) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        || image.getType() == BufferedImage.TYPE_INT_RGB) {
      return image;
    }
    BufferedImage opaque = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(image, 0, 0, background, null);
    graphics.dispose();
    return opaque;
  }
}
