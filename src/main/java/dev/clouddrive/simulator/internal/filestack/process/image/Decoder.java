package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import java.awt.AlphaComposite;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.w3c.dom.Node;

/** Decodes pictures. How large one is, is looked at before a pixel is decoded. */
final class Decoder {
  /** The vendor's limit of input (filestack-files.md 5.5). */
  private static final long MOST_BYTES = 256L * 1024 * 1024;

  private static final int MOST_FRAMES = 500;

  private final ImageMemory.Lease lease;

  /**
   * @param lease what the decoded pictures' memory is counted on
   */
  Decoder(ImageMemory.Lease lease) {
    this.lease = lease;
  }

  /**
   * @throws ProcessException if it is no image, of another format, damaged or too large
   */
  Picture decode(FileContent content) throws IOException {
    if (content.size() > MOST_BYTES) {
      throw ProcessException.provider("Input size limit exceeded");
    }
    byte[] exif;
    try (InputStream in = content.body().openStream()) {
      exif = ExifSegment.read(in);
    }
    try (InputStream in = content.body().openStream();
        ImageInputStream input = new MemoryCacheImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw content.mimetype().startsWith("image/") && !isUnknown(content.mimetype())
            ? ProcessException.corrupted()
            : ProcessException.unsupported(content.mimetype());
      }
      return decode(content, readers.next(), input, exif);
    }
  }

  /**
   * Width and height, from the header alone.
   *
   * @throws ProcessException if it is no image
   */
  static int[] size(FileContent content) throws IOException {
    try (InputStream in = content.body().openStream();
        ImageInputStream input = new MemoryCacheImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (readers.hasNext()) {
        ImageReader reader = readers.next();
        try {
          reader.setInput(input, false, true);
          return new int[] {reader.getWidth(0), reader.getHeight(0)};
        } catch (IOException | RuntimeException e) {
          throw ProcessException.corrupted();
        } finally {
          reader.dispose();
        }
      }
    }
    throw content.mimetype().startsWith("image/")
        ? ProcessException.corrupted()
        : ProcessException.unsupported(content.mimetype());
  }

  /** Formats that nothing here reads. */
  private static boolean isUnknown(String mimetype) {
    return Format.of(mimetype.substring("image/".length())).isEmpty()
        || (mimetype.equals("image/webp")
            && !ImageIO.getImageReadersByMIMEType("image/webp").hasNext());
  }

  private Picture decode(
      FileContent content, ImageReader reader, ImageInputStream input, byte[] exif)
      throws IOException {
    try {
      reader.setInput(input, false, false);
      Format format =
          Format.of(reader.getFormatName())
              .orElseThrow(() -> ProcessException.unsupported(content.mimetype()));
      requireColors(reader, format);
      List<Picture.Frame> frames =
          format == Format.GIF ? moving(reader) : List.of(new Picture.Frame(still(reader), 0));
      Orientation orientation =
          format == Format.JPEG ? Orientation.typeOf(ExifSegment.orientation(exif)) : null;
      int loops = format == Format.GIF ? GifMetadata.loops(reader) : 0;
      return new Picture(
          content.filename(),
          frames,
          orientation,
          exif.length == 0 ? null : exif,
          loops,
          Encoding.of(format));
    } catch (ProcessException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // What the readers of the platform throw at files that are not what they say.
      throw ProcessException.corrupted();
    } finally {
      reader.dispose();
    }
  }

  /** Inks are not colours: without their profile there is no telling how they look. */
  private static void requireColors(ImageReader reader, Format format) throws ProcessException {
    if (format != Format.JPEG && format != Format.TIFF) {
      return;
    }
    String space = "";
    try {
      IIOMetadata metadata = reader.getImageMetadata(0);
      Node chroma =
          metadata == null
              ? null
              : ((IIOMetadataNode) metadata.getAsTree("javax_imageio_1.0"))
                  .getElementsByTagName("ColorSpaceType")
                  .item(0);
      space = chroma instanceof IIOMetadataNode node ? node.getAttribute("name") : "";
    } catch (IOException | RuntimeException e) {
      // Metadata that can't be read don't say that it is inks.
    }
    if (space.equals("CMYK") || space.equals("YCCK")) {
      throw ProcessException.unsupported("CMYK " + format.mimetype());
    }
  }

  private BufferedImage still(ImageReader reader) throws IOException {
    lease.take(reader.getWidth(0), reader.getHeight(0));
    return Canvas.normal(reader.read(0));
  }

  /** Each frame as it is seen, with what the frames before have left. */
  private List<Picture.Frame> moving(ImageReader reader) throws IOException {
    int count = Math.min(MOST_FRAMES, reader.getNumImages(true));
    if (count < 1) {
      throw ProcessException.corrupted();
    }
    int[] size = GifMetadata.screen(reader);
    lease.frames(count);
    lease.take(size[0], size[1]);
    List<Picture.Frame> frames = new ArrayList<>();
    BufferedImage screen = Canvas.create(size[0], size[1], true);
    for (int i = 0; i < count; i++) {
      GifMetadata frame = GifMetadata.of(reader, i);
      BufferedImage before = Canvas.copy(screen, true);
      BufferedImage image = reader.read(i);
      Canvas.draw(screen, g -> g.drawImage(image, frame.left(), frame.top(), null));
      frames.add(new Picture.Frame(Canvas.copy(screen, true), frame.delayMillis()));
      if (frame.disposal().equals("restoreToPrevious")) {
        screen = before;
      } else if (frame.disposal().equals("restoreToBackgroundColor")) {
        clear(screen, frame.left(), frame.top(), image.getWidth(), image.getHeight());
      }
    }
    return count == 1 ? List.of(new Picture.Frame(frames.get(0).image(), 0)) : frames;
  }

  private static void clear(BufferedImage screen, int left, int top, int width, int height) {
    Canvas.draw(
        screen,
        g -> {
          g.setComposite(AlphaComposite.Clear);
          g.fillRect(left, top, width, height);
        });
  }
}
