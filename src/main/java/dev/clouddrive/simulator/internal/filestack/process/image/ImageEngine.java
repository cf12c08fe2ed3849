package dev.clouddrive.simulator.internal.filestack.process.image;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.process.Artifact;
import dev.clouddrive.simulator.internal.filestack.process.Colors;
import dev.clouddrive.simulator.internal.filestack.process.Engine;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.Position;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.SourceFile;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.TaskType;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import dev.clouddrive.simulator.internal.json.Json;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every task on pictures. */
public final class ImageEngine implements Engine {
  private static final Set<TaskType> DONE =
      EnumSet.of(
          TaskType.RESIZE,
          TaskType.CROP,
          TaskType.ROTATE,
          TaskType.FLIP,
          TaskType.FLOP,
          TaskType.MONOCHROME,
          TaskType.NEGATIVE,
          TaskType.REDEYE,
          TaskType.IMAGESIZE,
          TaskType.NO_METADATA,
          TaskType.AUTO_IMAGE,
          TaskType.TAGS,
          TaskType.SFW,
          TaskType.ENHANCE,
          TaskType.COMPRESS,
          TaskType.QUALITY,
          TaskType.SHARPEN,
          TaskType.BLUR,
          TaskType.SEPIA,
          TaskType.BLACKWHITE,
          TaskType.PIXELATE,
          TaskType.OIL_PAINT,
          TaskType.MODULATE,
          TaskType.BORDER,
          TaskType.ROUNDED_CORNERS,
          TaskType.VIGNETTE,
          TaskType.POLAROID,
          TaskType.TORN_EDGES,
          TaskType.SHADOW,
          TaskType.CIRCLE,
          TaskType.DETECT_FACES,
          TaskType.CROP_FACES,
          TaskType.PIXELATE_FACES,
          TaskType.BLUR_FACES,
          TaskType.PARTIAL_PIXELATE,
          TaskType.PARTIAL_BLUR,
          TaskType.SMART_CROP,
          TaskType.WATERMARK,
          TaskType.TEXT_OVERLAY,
          TaskType.COLLAGE,
          TaskType.ANIMATE,
          TaskType.ASCII,
          TaskType.UPSCALE,
          TaskType.OUTPUT,
          TaskType.PJPG,
          TaskType.OCR,
          TaskType.QR,
          TaskType.CAPTION,
          TaskType.COPYRIGHT,
          TaskType.IMAGE_SENTIMENT,
          TaskType.DOC_DETECTION);

  private final ImageMemory memory = new ImageMemory();

  @Override
  public boolean does(Task task, Artifact artifact) {
    boolean picture = artifact instanceof Picture || artifact.mimetype().startsWith("image/");
    boolean toImage =
        task.type() != TaskType.OUTPUT
            || !task.has("format")
            || Format.of(task.text("format", "")).isPresent();
    return picture && toImage && DONE.contains(task.type());
  }

  @Override
  public Artifact apply(Task task, Artifact artifact, Workbench bench) throws IOException {
    // The pictures of a chain share what they hold until it ends.
    ImageMemory.Lease lease = bench.resource(this, memory::lease);
    Decoder decoder = new Decoder(lease);
    if (task.type() == TaskType.IMAGESIZE && !(artifact instanceof Picture)) {
      int[] size = Decoder.size(content(artifact));
      return json(artifact.filename(), Json.object("width", size[0], "height", size[1]), bench);
    }
    Picture picture = artifact instanceof Picture known ? known : decoder.decode(content(artifact));
    Geometry geometry = new Geometry(lease);
    return new Run(
            task,
            picture,
            bench,
            geometry,
            new Framing(lease, geometry),
            new Composing(lease, geometry, decoder))
        .result();
  }

  /**
   * Makes sure that there is room for a picture that another engine makes.
   *
   * @throws ProcessException if there never is
   */
  public void reserve(long width, long height, Workbench bench) throws ProcessException {
    bench.resource(this, memory::lease).take(width, height);
  }

  private static FileContent content(Artifact artifact) {
    if (artifact instanceof SourceFile source) {
      return source.content();
    }
    Blob blob = ((MadeFile) artifact).blob();
    return new FileContent(
        artifact.filename(),
        artifact.mimetype(),
        blob.size(),
        blob.etag(),
        Instant.EPOCH,
        blob::body);
  }

  private static Artifact json(String filename, Map<String, ?> facts, Workbench bench) {
    return new MadeFile(
        bench.blobs().of(Json.bytes(facts)),
        "application/json",
        MadeFile.renamed(filename, "json"));
  }

  /** One task on one picture. */
  private record Run(
      Task task,
      Picture picture,
      Workbench bench,
      Geometry geometry,
      Framing framing,
      Composing composing) {

    Artifact result() throws IOException {
      return switch (task.type()) {
        case RESIZE -> picture.map(i -> geometry.resize(i, task), bench);
        case CROP -> picture.map(i -> geometry.crop(i, task), bench);
        case ROTATE -> rotate(picture, task, bench);
        case FLIP -> picture.map(geometry::flip, bench);
        case FLOP -> picture.map(geometry::flop, bench);
        case UPSCALE -> picture.map(i -> geometry.upscale(i, task), bench);
        case SMART_CROP -> smartCrop(picture, task, bench);
        case MONOCHROME -> picture.map(Coloring::monochrome, bench);
        case NEGATIVE -> picture.map(Coloring::negative, bench);
        case REDEYE -> picture.map(Coloring::redeye, bench);
        case SEPIA -> picture.map(i -> Coloring.sepia(i, task), bench);
        case BLACKWHITE -> picture.map(i -> Coloring.blackwhite(i, task), bench);
        case MODULATE -> picture.map(i -> Coloring.modulate(i, task), bench);
        case ENHANCE -> picture.map(i -> Coloring.enhance(i, task), bench);
        case BLUR -> picture.map(i -> Blurring.blur(i, task), bench);
        case SHARPEN -> picture.map(i -> Blurring.sharpen(i, task), bench);
        case PIXELATE -> picture.map(i -> Blurring.pixelated(i, task.whole("amount", 2)), bench);
        case OIL_PAINT ->
            picture.map(i -> Blurring.oilPaint(i, task.whole("amount", 2), bench), bench);
        case PARTIAL_BLUR, BLUR_FACES, PARTIAL_PIXELATE, PIXELATE_FACES ->
            partly(picture, task, bench);
        case BORDER -> picture.map(i -> framing.border(i, task), bench);
        case VIGNETTE -> picture.map(i -> framing.vignette(i, task), bench);
        case ROUNDED_CORNERS ->
            transparent(picture.map(i -> framing.roundedCorners(i, task), bench));
        case CIRCLE -> transparent(picture.map(i -> framing.circle(i, task), bench));
        case POLAROID -> transparent(picture.map(i -> framing.polaroid(i, task), bench));
        case TORN_EDGES -> transparent(picture.map(i -> framing.tornEdges(i, task), bench));
        case SHADOW -> transparent(picture.map(i -> framing.shadow(i, task), bench));
        case TEXT_OVERLAY -> picture.map(i -> framing.text(i, task), bench);
        case WATERMARK -> composing.watermark(picture, task, bench);
        case COLLAGE -> composing.collage(picture, task, bench);
        case ANIMATE -> composing.animate(picture, task, bench);
        case CROP_FACES ->
            picture.map(i -> Faces.cropped(i, task, bench.insight(), geometry), bench);
        case DETECT_FACES ->
            task.flag("export", false)
                ? json(
                    picture.filename(), Findings.of(task, picture.image(), bench.insight()), bench)
                : picture.map(i -> Faces.marked(i, task, bench.insight()), bench);
        case TAGS, SFW, OCR, CAPTION, COPYRIGHT, IMAGE_SENTIMENT, DOC_DETECTION ->
            json(picture.filename(), Findings.of(task, picture.image(), bench.insight()), bench);
        case QR -> json(picture.filename(), code(picture), bench);
        case IMAGESIZE ->
            json(
                picture.filename(),
                Json.object("width", picture.width(), "height", picture.height()),
                bench);
        case ASCII -> ascii(picture, task, bench);
        default -> encoded(picture, task);
      };
    }

    private Picture rotate(Picture picture, Task task, Workbench bench) throws IOException {
      String degrees = task.text("deg", task.flag("exif", true) ? "exif" : "0");
      if (degrees.equals("exif")) {
        return picture.upright(bench);
      }
      Color background =
          task.color(
              "background",
              picture.encoding().format().isTransparent() ? Colors.TRANSPARENT : Color.WHITE);
      // What the camera says is done first, and is no longer true of what comes out.
      Picture turned =
          picture
              .upright(bench)
              .map(i -> geometry.rotate(i, Integer.parseInt(degrees.strip()), background), bench);
      return background.getAlpha() < 255 ? transparent(turned) : turned;
    }

    /** What has become transparent needs a format that can show it. */
    private static Picture transparent(Picture picture) {
      boolean needs =
          Canvas.hasAlpha(picture.image()) && !picture.encoding().format().isTransparent();
      return needs ? picture.with(picture.encoding().withFormat(Format.PNG)) : picture;
    }

    /** Around the faces that the world tells of, else around the middle. */
    private Picture smartCrop(Picture picture, Task task, Workbench bench) throws IOException {
      int width = task.whole("width", picture.width());
      int height = task.whole("height", picture.height());
      List<Rectangle> faces = Faces.all(bench.insight());
      return picture.map(
          image -> {
            Position position =
                faces.isEmpty()
                    ? Position.CENTER
                    : around(faces.get(0), image, Math.max(1, width), Math.max(1, height));
            return geometry.filling(image, Math.max(1, width), Math.max(1, height), position);
          },
          bench);
    }

    /** Where a window of that shape has a face in its middle, as far as the image goes. */
    private static Position around(Rectangle face, BufferedImage image, int width, int height) {
      double scale =
          Math.max((double) width / image.getWidth(), (double) height / image.getHeight());
      return new Position(
          share(face.getCenterX() * scale, width, image.getWidth() * scale),
          share(face.getCenterY() * scale, height, image.getHeight() * scale));
    }

    private static double share(double center, double inner, double outer) {
      double room = outer - inner;
      return room <= 0 ? 0.5 : Math.max(0, Math.min(1, (center - inner / 2) / room));
    }

    private Picture partly(Picture picture, Task task, Workbench bench) throws IOException {
      boolean oval = task.text("type", "rect").equals("oval");
      boolean ofFaces =
          task.type() == TaskType.BLUR_FACES || task.type() == TaskType.PIXELATE_FACES;
      boolean blurs = task.type() == TaskType.BLUR_FACES || task.type() == TaskType.PARTIAL_BLUR;
      List<Rectangle> places =
          ofFaces ? Faces.chosen(task, bench.insight(), "all") : Blurring.objects(task);
      return picture.map(
          image -> {
            BufferedImage changed =
                blurs
                    ? Blurring.blurred(image, task.number("amount", 10))
                    : Blurring.pixelated(image, task.whole("amount", 10));
            return Blurring.partly(image, changed, places, oval);
          },
          bench);
    }

    /** How the picture is to be written. */
    private static Picture encoded(Picture picture, Task task) throws ProcessException {
      Encoding encoding = picture.encoding();
      return switch (task.type()) {
        case NO_METADATA -> picture.withoutMetadata();
        case COMPRESS -> {
          Picture compressed =
              picture.with(
                  encoding.withQuality(encoding.quality() == null ? 75 : encoding.quality()));
          yield task.flag("metadata", false) ? compressed : compressed.withoutMetadata();
        }
        case QUALITY -> picture.with(encoding.withQuality(task.whole("value", 75)));
        case PJPG -> {
          Picture progressive =
              picture.with(
                  encoding
                      .withFormat(Format.JPEG)
                      .withProgressive()
                      .withQuality(Math.max(1, task.whole("quality", 75))));
          yield task.flag("metadata", false) ? progressive : progressive.withoutMetadata();
        }
        case AUTO_IMAGE -> picture.with(encoding.withFormat(Format.WEBP));
        default -> output(picture, task);
      };
    }

    private static Picture output(Picture picture, Task task) throws ProcessException {
      Encoding encoding = picture.encoding();
      if (task.has("format")) {
        encoding =
            encoding.withFormat(
                Format.of(task.text("format", ""))
                    .orElseThrow(() -> ProcessException.invalidParameter("format", "output")));
        if (task.text("format", "").equals("pjpg")) {
          encoding = encoding.withProgressive();
        }
      }
      if (task.text("colorspace", "").equals("cmyk")) {
        throw ProcessException.provider("cmyk output is not supported");
      }
      String quality = task.text("quality", "input");
      if (!quality.equals("input")) {
        encoding = encoding.withQuality(Integer.parseInt(quality.strip()));
      }
      if (task.flag("compress", false) && encoding.quality() == null) {
        encoding = encoding.withQuality(75);
      }
      encoding = encoding.withBackground(task.color("background", encoding.background()));
      Picture changed = picture.with(encoding);
      return task.flag("strip", false) ? changed.withoutMetadata() : changed;
    }

    private static Map<String, ?> code(Picture picture) throws ProcessException {
      try {
        return QrCode.read(picture.image())
            .orElseThrow(() -> ProcessException.provider("no code was found"));
      } catch (NoClassDefFoundError e) {
        throw ProcessException.provider(
            "qr needs a library that isn't there: add com.google.zxing:core to the class path");
      }
    }

    private Artifact ascii(Picture picture, Task task, Workbench bench) throws IOException {
      String html = AsciiArt.html(picture.image(), task, geometry);
      return new MadeFile(
          bench.blobs().of(html.getBytes(StandardCharsets.UTF_8)),
          "text/html",
          MadeFile.renamed(picture.filename(), "html"));
    }
  }
}
