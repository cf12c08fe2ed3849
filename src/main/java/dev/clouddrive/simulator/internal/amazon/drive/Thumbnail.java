package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.world.Node;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.Thumbnails;

/**
 * A picture reduced to a {@code viewBox} (amazon-cloud-drive.md 3.7): it fits in the box, keeps its
 * proportions, and is never enlarged.
 */
record Thumbnail(int width, int height) {
  private static final int LARGEST = 10_000;

  /** A decoded picture may take no more than this of the heap: four bytes a pixel. */
  private static final long MOST_PIXELS = 50_000_000;

  /** {@code N} or {@code W,H}; empty for anything else. */
  static Optional<Thumbnail> parse(String viewBox) {
    String[] sides = viewBox.split(",", -1);
    try {
      int width = Integer.parseInt(sides[0].strip());
      int height = sides.length == 1 ? width : Integer.parseInt(sides[1].strip());
      boolean fits =
          sides.length <= 2 && width > 0 && height > 0 && width <= LARGEST && height <= LARGEST;
      return fits ? Optional.of(new Thumbnail(width, height)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The picture as JPEG; empty if it isn't one, or too large to be decoded. */
  Optional<byte[]> of(Node.Content content) throws IOException {
    try (InputStream in = content.blob().body().openStream();
        ImageInputStream image = ImageIO.createImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(image);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(image);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          return Optional.empty();
        }
        return Optional.of(jpeg(reader.read(0)));
      } catch (IOException | RuntimeException damaged) {
        return Optional.empty();
      } finally {
        reader.dispose();
      }
    }
  }

  private byte[] jpeg(BufferedImage picture) throws IOException {
    double scale =
        Math.min(
            1,
            Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Thumbnails.of(picture)
        .scale(scale)
        .imageType(BufferedImage.TYPE_INT_RGB)
        .outputFormat("jpg")
        .toOutputStream(out);
    return out.toByteArray();
  }
}
