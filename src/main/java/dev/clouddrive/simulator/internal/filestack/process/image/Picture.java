package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.process.Artifact;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/**
 * A decoded image; one that moves has several frames.
 *
 * @param filename the source's
 * @param frames in sRGB
 * @param orientation how the camera was held, where the file says so
 * @param exif the JPEG segment that says so, and more; null when it is not to be kept
 * @param loops how often a moving image is shown; 0 for ever
 */
record Picture(
    String filename,
    List<Frame> frames,
    @Nullable Orientation orientation,
    byte @Nullable [] exif,
    int loops,
    Encoding encoding)
    implements Artifact {

  Picture {
    frames = List.copyOf(frames);
  }

  /**
   * @param delayMillis how long it is shown; 0 for a still
   */
  record Frame(BufferedImage image, int delayMillis) {}

  /** Makes a frame of a frame. */
  @FunctionalInterface
  interface Operation {
    BufferedImage apply(BufferedImage image) throws IOException;
  }

  static Picture still(String filename, BufferedImage image, Encoding encoding) {
    return new Picture(filename, List.of(new Frame(image, 0)), null, null, 0, encoding);
  }

  BufferedImage image() {
    return frames.get(0).image();
  }

  int width() {
    return image().getWidth();
  }

  int height() {
    return image().getHeight();
  }

  /** The same with another image, which is upright or not as this one. */
  Picture map(Operation operation, Workbench bench) throws IOException {
    List<Frame> changed = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      bench.checkTime();
      changed.add(new Frame(operation.apply(frame.image()), frame.delayMillis()));
    }
    return new Picture(filename, changed, orientation, exif, loops, encoding);
  }

  Picture with(Encoding newEncoding) {
    return new Picture(filename, frames, orientation, exif, loops, newEncoding);
  }

  Picture withFrames(List<Frame> newFrames, int newLoops) {
    return new Picture(filename, newFrames, orientation, exif, newLoops, encoding);
  }

  /** Without what the camera wrote. */
  Picture withoutMetadata() {
    return new Picture(filename, frames, orientation, null, loops, encoding);
  }

  /** Turned as the camera was held. */
  Picture upright(Workbench bench) throws IOException {
    if (orientation == null || orientation == Orientation.TOP_LEFT) {
      return withoutMetadata();
    }
    Picture turned =
        map(image -> ExifFilterUtils.getFilterForOrientation(orientation).apply(image), bench);
    return new Picture(filename, turned.frames, null, null, loops, encoding);
  }

  @Override
  public String mimetype() {
    return encoding.format().mimetype();
  }

  @Override
  public Rendered render(Workbench bench) throws IOException {
    boolean saysHow = exif != null && encoding.format() == Format.JPEG;
    boolean lies = orientation != null && orientation != Orientation.TOP_LEFT && !saysHow;
    if (lies) {
      // Without the note of how the camera was held it has to stand upright.
      return upright(bench).render(bench);
    }
    Format format = encoding.format();
    for (Frame frame : frames) {
      if (frame.image().getWidth() > format.mostPixelsASide()
          || frame.image().getHeight() > format.mostPixelsASide()) {
        throw ProcessException.provider("Output size limit exceeded");
      }
    }
    return new Rendered(
        bench.blobs().store(out -> new Encoder(this).writeTo(out)),
        mimetype(),
        hasExtension(format) ? filename : MadeFile.renamed(filename, format.extension()));
  }

  private boolean hasExtension(Format format) {
    String lower = filename.toLowerCase(Locale.ROOT);
    return lower.endsWith("." + format.extension())
        || (format == Format.JPEG && lower.endsWith(".jpeg"))
        || (format == Format.TIFF && lower.endsWith(".tif"));
  }
}
