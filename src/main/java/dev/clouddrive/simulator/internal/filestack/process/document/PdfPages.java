package dev.clouddrive.simulator.internal.filestack.process.document;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.process.Artifact;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.Value;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import dev.clouddrive.simulator.internal.json.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** Tasks on PDFs; loaded only when one is asked for, because the library is optional. */
final class PdfPages {
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int MOST_PAGES = 2_000;
  private static final int MOST_IMAGES = 100;
  private static final long MOST_PIXELS = 50_000_000L;
  private static final int USUAL_DENSITY = 150;

  /** Points of an inch (ISO 32000-1, 8.3.2.3). */
  private static final float POINTS = 72f;

  private PdfPages() {}

  static Artifact apply(Task task, Artifact artifact, Workbench bench) throws IOException {
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

  private static Artifact output(PDDocument document, Task task, Artifact artifact, Workbench bench)
      throws IOException {
    if (task.flag("docinfo", false)) {
      return json(artifact, info(document), bench);
    }
    String format = task.text("format", "pdf");
    return switch (format) {
      case "pdf" ->
          task.has("pageformat") || task.has("pageorientation")
              ? converted(document, task, artifact, bench)
              : artifact;
      case "txt" -> {
        PDFTextStripper stripper = new PDFTextStripper();
        if (task.has("page")) {
          stripper.setStartPage(task.whole("page", 1));
          stripper.setEndPage(task.whole("page", 1));
        }
        byte[] text = stripper.getText(document).getBytes(StandardCharsets.UTF_8);
        yield new MadeFile(
            bench.blobs().of(text), "text/plain", MadeFile.renamed(artifact.filename(), "txt"));
      }
      case "jpg", "jpeg", "pjpg" ->
          page(document, task, task.whole("page", 1), "jpg", artifact, bench);
      case "png", "webp", "gif", "bmp", "tiff" ->
          page(document, task, task.whole("page", 1), "png", artifact, bench);
      default -> throw ProcessException.unsupported("application/pdf to " + format);
    };
  }

  /** One page as an image. */
  private static MadeFile page(
      PDDocument document, Task task, int number, String format, Artifact artifact, Workbench bench)
      throws IOException {
    if (number < 1 || number > document.getNumberOfPages()) {
      throw ProcessException.invalidParameter("page", task.name());
    }
    bench.checkTime();
    PDRectangle box = document.getPage(number - 1).getCropBox();
    int density = task.whole("density", USUAL_DENSITY);
    double scale = density / POINTS;
    if (box.getWidth() * scale * box.getHeight() * scale > MOST_PIXELS) {
      throw ProcessException.provider("Output size limit exceeded");
    }
    BufferedImage image =
        new PDFRenderer(document).renderImageWithDPI(number - 1, density, ImageType.RGB);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return new MadeFile(
        bench.blobs().of(out.toByteArray()),
        format.equals("jpg") ? "image/jpeg" : "image/png",
        MadeFile.renamed(artifact.filename(), format));
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

  /** Every page as an image; they are told as a list, each with its content in Base64. */
  private static Artifact images(PDDocument document, Task task, Artifact artifact, Workbench bench)
      throws IOException {
    String format = task.text("format", "png");
    List<MadeFile> made = new ArrayList<>();
    for (int number : pages(task, document.getNumberOfPages())) {
      if (made.size() >= MOST_IMAGES) {
        throw ProcessException.invalidParameter("pages", task.name());
      }
      made.add(page(document, task, number, format, artifact, bench));
    }
    return new PageImages(artifact.filename(), made);
  }

  /** An image on a page of its size. */
  static Artifact ofImage(Artifact artifact, Workbench bench) throws IOException {
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
      return saved(made, artifact.filename(), bench);
    }
  }
}
