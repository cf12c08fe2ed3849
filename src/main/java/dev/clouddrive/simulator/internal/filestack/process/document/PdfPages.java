package dev.clouddrive.simulator.internal.filestack.process.document;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.process.Artifact;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.TaskType;
import dev.clouddrive.simulator.internal.filestack.process.Value;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import dev.clouddrive.simulator.internal.filestack.process.image.ImageEngine;
import dev.clouddrive.simulator.internal.json.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** Tasks on PDFs; loaded only when one is asked for, because the library is optional. */
final class PdfPages {
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int MOST_PAGES = 2_000;
  private static final int USUAL_DENSITY = 150;

  /** Points of an inch (ISO 32000-1, 8.3.2.3). */
  private static final float POINTS = 72f;

  private final ImageEngine images;

  /**
   * @param images writes what pages are rendered to
   */
  PdfPages(ImageEngine images) {
    this.images = images;
  }

  Artifact apply(Task task, Artifact artifact, Workbench bench) throws IOException {
    byte[] content = artifact.render(bench).blob().body().readAll(MOST_BYTES);
    try (PDDocument document = Loader.loadPDF(content)) {
      if (document.getNumberOfPages() > MOST_PAGES) {
        throw ProcessException.provider("Input size limit exceeded");
      }
      return switch (task.type()) {
        case PDFINFO -> json(artifact, info(document), bench);
        case PDFCONVERT -> converted(document, task, artifact, bench);
        case PDFCREATE -> created(bench);
        case DOC_TO_IMAGES -> images(document, task, artifact, bench);
        default -> output(document, task, artifact, bench);
      };
    }
  }

  private Artifact output(PDDocument document, Task task, Artifact artifact, Workbench bench)
      throws IOException {
    if (task.flag("docinfo", false)) {
      return json(artifact, info(document), bench);
    }
    String format = task.text("format", "pdf").toLowerCase(Locale.ROOT);
    return switch (format) {
      case "pdf" ->
          task.has("pageformat") || task.has("pageorientation")
              ? converted(document, task, artifact, bench)
              : artifact;
      case "txt" -> {
        PDFTextStripper stripper = new TimedStripper(bench);
        if (task.has("page")) {
          requirePage(document, task, task.whole("page", 1));
          stripper.setStartPage(task.whole("page", 1));
          stripper.setEndPage(task.whole("page", 1));
        }
        byte[] text = stripper.getText(document).getBytes(StandardCharsets.UTF_8);
        yield new MadeFile(
            bench.blobs().of(text), "text/plain", MadeFile.renamed(artifact.filename(), "txt"));
      }
      case "jpg", "jpeg", "pjpg", "png", "webp", "gif", "bmp", "tiff" ->
          images.apply(task, page(document, task, task.whole("page", 1), artifact, bench), bench);
      default -> throw ProcessException.unsupported("application/pdf to " + format);
    };
  }

  private static void requirePage(PDDocument document, Task task, int number)
      throws ProcessException {
    if (number < 1 || number > document.getNumberOfPages()) {
      throw ProcessException.invalidParameter("page", task.name());
    }
  }

  /** Looks at the time with every operator: a small file can ask for endless work. */
  private static final class TimedStripper extends PDFTextStripper {
    private final Workbench bench;

    TimedStripper(Workbench bench) {
      this.bench = bench;
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
      bench.checkTime();
      super.processOperator(operator, operands);
    }
  }

  private static final class TimedRenderer extends PDFRenderer {
    private final Workbench bench;

    TimedRenderer(PDDocument document, Workbench bench) {
      super(document);
      this.bench = bench;
    }

    @Override
    protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
      return new PageDrawer(parameters) {
        @Override
        protected void processOperator(Operator operator, List<COSBase> operands)
            throws IOException {
          bench.checkTime();
          super.processOperator(operator, operands);
        }
      };
    }
  }

  /** One page as an image. */
  private MadeFile page(
      PDDocument document, Task task, int number, Artifact artifact, Workbench bench)
      throws IOException {
    requirePage(document, task, number);
    bench.checkTime();
    PDRectangle box = document.getPage(number - 1).getCropBox();
    int density = task.whole("density", USUAL_DENSITY);
    double scale = density / POINTS;
    images.reserve(
        (long) Math.ceil(box.getWidth() * scale), (long) Math.ceil(box.getHeight() * scale), bench);
    BufferedImage image =
        new TimedRenderer(document, bench).renderImageWithDPI(number - 1, density, ImageType.RGB);
    return new MadeFile(
        bench.blobs().store(out -> ImageIO.write(image, "png", out)),
        "image/png",
        MadeFile.renamed(artifact.filename(), "png"));
  }

  /** The keys are a guess of filestack-files.md 5.4. */
  private static Map<String, @Nullable Object> info(PDDocument document) {
    Map<String, @Nullable Object> info = Json.object("numpages", document.getNumberOfPages());
    if (document.getNumberOfPages() > 0) {
      PDRectangle box = document.getPage(0).getMediaBox();
      info.put(
          "dimensions",
          Json.object("width", Math.round(box.getWidth()), "height", Math.round(box.getHeight())));
    }
    return info;
  }

  private static Artifact json(Artifact artifact, Object value, Workbench bench) {
    return new MadeFile(
        bench.blobs().of(Json.bytes(value)),
        "application/json",
        MadeFile.renamed(artifact.filename(), "json"));
  }

  private static Artifact saved(PDDocument document, String filename, Workbench bench)
      throws IOException {
    Blob blob = bench.blobs().store(document::save);
    return new MadeFile(blob, "application/pdf", MadeFile.renamed(filename, "pdf"));
  }

  /** Some pages, on paper of another size or turned. */
  private static Artifact converted(
      PDDocument document, Task task, Artifact artifact, Workbench bench) throws IOException {
    try (PDDocument made = new PDDocument()) {
      for (int number : pages(task, document.getNumberOfPages())) {
        bench.checkTime();
        PDPage page = made.importPage(document.getPage(number - 1));
        PDRectangle box = page.getMediaBox();
        PDRectangle target = paper(task, box);
        if (target.getWidth() != box.getWidth() || target.getHeight() != box.getHeight()) {
          place(made, page, box, target);
        }
      }
      return saved(made, artifact.filename(), bench);
    }
  }

  /** The page as large as fits, in the middle of the new paper. */
  private static void place(PDDocument document, PDPage page, PDRectangle box, PDRectangle target)
      throws IOException {
    float scale =
        Math.min(target.getWidth() / box.getWidth(), target.getHeight() / box.getHeight());
    float x = (target.getWidth() - box.getWidth() * scale) / 2 - box.getLowerLeftX() * scale;
    float y = (target.getHeight() - box.getHeight() * scale) / 2 - box.getLowerLeftY() * scale;
    try (PDPageContentStream stream =
        new PDPageContentStream(document, page, PDPageContentStream.AppendMode.PREPEND, false)) {
      stream.transform(new org.apache.pdfbox.util.Matrix(scale, 0, 0, scale, x, y));
    }
    page.setMediaBox(target);
    page.setCropBox(target);
  }

  private static PDRectangle paper(Task task, PDRectangle box) {
    PDRectangle paper =
        switch (task.text("pageformat", "")) {
          case "a2" -> PDRectangle.A2;
          case "a3" -> PDRectangle.A3;
          case "a4" -> PDRectangle.A4;
          case "a5" -> PDRectangle.A5;
          // ISO 216: 250 × 353 mm and 176 × 250 mm.
          case "b4" -> new PDRectangle(708.66f, 1000.63f);
          case "b5" -> new PDRectangle(498.9f, 708.66f);
          case "letter" -> PDRectangle.LETTER;
          case "legal" -> PDRectangle.LEGAL;
          case "tabloid" -> PDRectangle.TABLOID;
          default -> box;
        };
    float shorter = Math.min(paper.getWidth(), paper.getHeight());
    float longer = Math.max(paper.getWidth(), paper.getHeight());
    return switch (task.text("pageorientation", "")) {
      case "portrait" -> new PDRectangle(shorter, longer);
      case "landscape" -> new PDRectangle(longer, shorter);
      default -> paper;
    };
  }

  /** {@code [1,3]}, {@code [1-3]}, {@code [2-]}, {@code [-2]}; all where nothing is said. */
  private static List<Integer> pages(Task task, int count) throws ProcessException {
    List<Integer> pages = new ArrayList<>();
    for (Value value : task.items("pages")) {
      String text = value.toString().strip();
      int dash = text.indexOf('-');
      int from =
          dash < 0 ? number(text, task) : dash == 0 ? 1 : number(text.substring(0, dash), task);
      int to =
          dash < 0
              ? from
              : dash == text.length() - 1 ? count : number(text.substring(dash + 1), task);
      if (from < 1 || to < from || from > count || to - from > MOST_PAGES) {
        throw ProcessException.invalidParameter("pages", task.name());
      }
      for (int i = from; i <= Math.min(to, count); i++) {
        pages.add(i);
      }
    }
    if (task.has("pages") && pages.isEmpty()) {
      throw ProcessException.invalidParameter("pages", task.name());
    }
    if (!task.has("pages")) {
      for (int i = 1; i <= count; i++) {
        pages.add(i);
      }
    }
    if (pages.size() > MOST_PAGES) {
      throw ProcessException.invalidParameter("pages", task.name());
    }
    return pages;
  }

  private static int number(String text, Task task) throws ProcessException {
    if (!text.matches("\\d{1,6}")) {
      throw ProcessException.invalidParameter("pages", task.name());
    }
    return Integer.parseInt(text);
  }

  /** All sources in one. */
  private static Artifact created(Workbench bench) throws IOException {
    try (PDDocument made = new PDDocument()) {
      PDFMergerUtility merger = new PDFMergerUtility();
      for (FileContent source : bench.sources()) {
        bench.checkTime();
        try (PDDocument part = Loader.loadPDF(source.body().readAll(MOST_BYTES))) {
          if (made.getNumberOfPages() + part.getNumberOfPages() > MOST_PAGES) {
            throw ProcessException.provider("Input size limit exceeded");
          }
          merger.appendDocument(made, part);
        }
      }
      return saved(made, bench.sources().get(0).filename(), bench);
    }
  }

  /** A page as an image; or, where none is named, the URLs of all (filestack-files.md 5.4). */
  private Artifact images(PDDocument document, Task task, Artifact artifact, Workbench bench)
      throws IOException {
    if (task.has("page")) {
      return images.apply(
          task.as(TaskType.OUTPUT, "format", "quality"),
          page(document, task, task.whole("page", 1), artifact, bench),
          bench);
    }
    List<String> urls = new ArrayList<>();
    for (int number : pages(task, document.getNumberOfPages())) {
      urls.add(bench.urlOf(task.without("pages").shownAs("doc_to_images@" + number)));
    }
    return json(artifact, Json.object("images", urls), bench);
  }

  /** An image on a page of its size. */
  Artifact ofImage(Task task, Artifact artifact, Workbench bench) throws IOException {
    Artifact.Rendered rendered = artifact.render(bench);
    BufferedImage image;
    try (var in = rendered.blob().body().openStream()) {
      image = ImageIO.read(in);
    }
    if (image == null) {
      throw ProcessException.corrupted();
    }
    try (PDDocument made = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(image.getWidth(), image.getHeight()));
      made.addPage(page);
      PDImageXObject object = LosslessFactory.createFromImage(made, image);
      try (PDPageContentStream stream = new PDPageContentStream(made, page)) {
        stream.drawImage(object, 0, 0, image.getWidth(), image.getHeight());
      }
      return converted(made, task, artifact, bench);
    }
  }
}
