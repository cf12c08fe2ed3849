package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a picture as a file. */
final class Encoder {
  private final Picture picture;
  private final Encoding encoding;

  Encoder(Picture picture) {
    this.picture = picture;
    this.encoding = picture.encoding();
  }

  void writeTo(OutputStream out) throws IOException {
    if (encoding.format() == Format.JPEG && picture.exif() != null) {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      write(jpeg);
      byte[] bytes = jpeg.toByteArray();
      // Behind JFIF's segment, which readers want to be the first (ITU-T T.871, 10.1).
      boolean jfif = (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0xE0;
      int at = jfif ? 4 + ((bytes[4] & 0xFF) << 8 | bytes[5] & 0xFF) : 2;
      out.write(bytes, 0, at);
      out.write(picture.exif());
      out.write(bytes, at, bytes.length - at);
    } else {
      write(out);
    }
  }

  private void write(OutputStream out) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(encoding.format().writer());
    if (!writers.hasNext()) {
      throw ProcessException.provider(
          encoding.format().mimetype()
              + " output needs a library that isn't there: add"
              + " com.github.usefulness:webp-imageio to the class path");
    }
    ImageWriter writer = writers.next();
    try (ImageOutputStream output = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(output);
      if (encoding.format() == Format.GIF && picture.frames().size() > 1) {
        writeFrames(writer);
      } else {
        writer.write(null, new IIOImage(drawn(picture.image()), null, null), parameters(writer));
      }
    } finally {
      writer.dispose();
    }
  }

  private BufferedImage drawn(BufferedImage image) {
    return encoding.format().isTransparent() ? image : Canvas.opaque(image, encoding.background());
  }

  private @Nullable ImageWriteParam parameters(ImageWriter writer) {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    Format format = encoding.format();
    Integer quality = encoding.quality();
    if (quality != null && (format == Format.JPEG || format == Format.WEBP)) {
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      if (parameters.getCompressionTypes() != null && parameters.getCompressionType() == null) {
        parameters.setCompressionType(parameters.getCompressionTypes()[0]);
      }
      parameters.setCompressionQuality(Math.max(1, quality) / 100f);
    }
    if (encoding.progressive() && format == Format.JPEG) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    return parameters;
  }

  private void writeFrames(ImageWriter writer) throws IOException {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    writer.prepareWriteSequence(null);
    boolean first = true;
    for (Picture.Frame frame : picture.frames()) {
      BufferedImage image = drawn(frame.image());
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), parameters);
      GifMetadata.write(metadata, frame.delayMillis(), first, picture.loops());
      writer.writeToSequence(new IIOImage(image, null, metadata), parameters);
      first = false;
    }
    writer.endWriteSequence();
  }
}
