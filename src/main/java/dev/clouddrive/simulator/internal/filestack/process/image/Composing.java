package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.process.Colors;
import dev.clouddrive.simulator.internal.filestack.process.Position;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.Value;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tasks that put several pictures together. */
final class Composing {
  private static final int MOST_PICTURES = 100;

  private final ImageMemory.Lease memory;
  private final Geometry geometry;
  private final Decoder decoder;

  Composing(ImageMemory.Lease memory, Geometry geometry, Decoder decoder) {
    this.memory = memory;
    this.geometry = geometry;
    this.decoder = decoder;
  }

  /** Another picture on top: as wide as so many percent of this one, or as it is. */
  Picture watermark(Picture picture, Task task, Workbench bench) throws IOException {
    BufferedImage mark = decoder.decode(bench.open(task.text("file", ""))).image();
    int percent = task.whole("size", 0);
    Position position = task.has("position") ? task.position("position") : Position.CENTER;
    return picture.map(
        image -> {
          BufferedImage sized = percent == 0 ? mark : sized(mark, image, percent);
          BufferedImage result = Canvas.copy(image);
          Canvas.draw(
              result,
              g ->
                  g.drawImage(
                      sized,
                      position.offsetX(image.getWidth(), sized.getWidth()),
                      position.offsetY(image.getHeight(), sized.getHeight()),
                      null));
          return result;
        },
        bench);
  }

  private BufferedImage sized(BufferedImage mark, BufferedImage image, int percent)
      throws IOException {
    int width = Geometry.rounded(image.getWidth() * percent / 100.0);
    int height = Geometry.rounded((double) width * mark.getHeight() / mark.getWidth());
    return geometry.scaled(mark, width, height);
  }

  /** Every source, and the files that the task names. */
  private List<BufferedImage> pictures(BufferedImage first, Task task, Workbench bench)
      throws IOException {
    List<BufferedImage> pictures = new ArrayList<>();
    pictures.add(first);
    for (FileContent source : bench.sources().subList(1, bench.sources().size())) {
      pictures.add(decoder.decode(source).image());
    }
    for (Value file : task.items("files")) {
      if (pictures.size() >= MOST_PICTURES) {
        throw ProcessException.invalidParameter("files", task.name());
      }
      pictures.add(decoder.decode(bench.open(file.toString())).image());
    }
    return pictures;
  }

  /** A grid as square as it gets; each picture fills its cell, or fits into it. */
  Picture collage(Picture picture, Task task, Workbench bench) throws IOException {
    int width = Math.max(1, task.whole("width", 0));
    int height = Math.max(1, task.whole("height", 0));
    int margin = task.whole("margin", 10);
    boolean fill = task.text("fit", "auto").equals("crop");
    memory.take(width, height);
    List<BufferedImage> pictures = pictures(picture.image(), task, bench);
    int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
    int rows = (pictures.size() + columns - 1) / columns;
    BufferedImage board = Canvas.filled(width, height, task.color("color", Color.WHITE));
    for (int i = 0; i < pictures.size(); i++) {
      bench.checkTime();
      int cellWidth = (width - margin * (columns + 1)) / columns;
      int cellHeight = (height - margin * (rows + 1)) / rows;
      if (cellWidth < 1 || cellHeight < 1) {
        throw ProcessException.invalidParameter("margin", task.name());
      }
      BufferedImage cell =
          geometry.fitted(
              pictures.get(i), cellWidth, cellHeight, fill ? "crop" : "clip", Position.CENTER);
      int x = margin + i % columns * (cellWidth + margin) + (cellWidth - cell.getWidth()) / 2;
      int y = margin + i / columns * (cellHeight + margin) + (cellHeight - cell.getHeight()) / 2;
      Canvas.draw(board, g -> g.drawImage(cell, x, y, null));
    }
    return Picture.still(picture.filename(), board, picture.encoding());
  }

  /** A GIF that shows the sources one after the other. */
  Picture animate(Picture picture, Task task, Workbench bench) throws IOException {
    List<BufferedImage> pictures = pictures(picture.image(), task, bench);
    int width = task.whole("width", pictures.get(0).getWidth());
    int height = task.whole("height", pictures.get(0).getHeight());
    memory.take(width, (long) height * pictures.size());
    List<Picture.Frame> frames = new ArrayList<>();
    Position align = task.position("align");
    for (BufferedImage image : pictures) {
      bench.checkTime();
      BufferedImage fitted = geometry.fitted(image, width, height, task.text("fit", "clip"), align);
      BufferedImage frame =
          Canvas.filled(width, height, task.color("background", Colors.TRANSPARENT));
      Canvas.draw(
          frame,
          g ->
              g.drawImage(
                  fitted,
                  align.offsetX(width, fitted.getWidth()),
                  align.offsetY(height, fitted.getHeight()),
                  null));
      frames.add(new Picture.Frame(frame, task.whole("delay", 1_000)));
    }
    return picture
        .withoutMetadata()
        .withFrames(frames, task.whole("loop", 0))
        .with(picture.encoding().withFormat(Format.GIF));
  }
}
