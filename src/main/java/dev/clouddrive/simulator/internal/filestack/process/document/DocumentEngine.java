package dev.clouddrive.simulator.internal.filestack.process.document;

import dev.clouddrive.simulator.internal.filestack.process.Artifact;
import dev.clouddrive.simulator.internal.filestack.process.Engine;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.StandIns;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.TaskType;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import dev.clouddrive.simulator.internal.filestack.process.image.ImageEngine;
import dev.clouddrive.simulator.internal.filestack.process.program.Program;
import dev.clouddrive.simulator.internal.filestack.process.program.Scratch;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.media.BoundedArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tasks on documents. */
public final class DocumentEngine implements Engine {
  private static final String PDF = "application/pdf";
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final Set<String> OFFICE =
      Set.of(
          "application/msword",
          "application/vnd.ms-excel",
          "application/vnd.ms-powerpoint",
          "application/rtf",
          "text/plain",
          "text/html",
          "text/csv");

  /** What LibreOffice writes; the others come by way of a PDF. */
  private static final Set<String> OFFICE_FORMATS =
      Set.of(
          "pdf", "doc", "docx", "odt", "html", "txt", "xls", "xlsx", "ods", "ppt", "pptx", "odp");

  private static final Set<TaskType> DONE =
      Set.of(
          TaskType.OUTPUT,
          TaskType.PDFINFO,
          TaskType.PDFCONVERT,
          TaskType.PDFCREATE,
          TaskType.DOC_TO_IMAGES);

  private final ImageEngine images;

  /**
   * @param images writes what pages are rendered to
   */
  public DocumentEngine(ImageEngine images) {
    this.images = images;
  }

  @Override
  public boolean does(Task task, Artifact artifact) {
    return DONE.contains(task.type())
        && (artifact.mimetype().equals(PDF)
            || isOffice(artifact.mimetype())
            || artifact.mimetype().startsWith("image/") && wantsPdf(task));
  }

  private static boolean wantsPdf(Task task) {
    return task.type() == TaskType.OUTPUT && task.text("format", "").equals("pdf");
  }

  private static boolean isOffice(String mimetype) {
    return OFFICE.contains(mimetype)
        || mimetype.startsWith("application/vnd.openxmlformats-officedocument.")
        || mimetype.startsWith("application/vnd.oasis.opendocument.");
  }

  @Override
  public Artifact apply(Task task, Artifact artifact, Workbench bench) throws IOException {
    if (artifact.mimetype().startsWith("image/")) {
      return pdf(() -> new PdfPages(images).ofImage(task, artifact, bench));
    }
    if (artifact.mimetype().equals(PDF)) {
      return ofPdf(task, artifact, bench);
    }
    String format = task.text("format", "pdf").toLowerCase(Locale.ROOT);
    if (task.type() == TaskType.OUTPUT
        && !task.flag("docinfo", false)
        && OFFICE_FORMATS.contains(format)) {
      return office(artifact, format, bench);
    }
    MadeFile pdf = office(artifact, "pdf", bench);
    Artifact made = ofPdf(task, pdf, bench);
    return pdf.standIn() ? marked(made, bench) : made;
  }

  /** What is made of a stand-in is one, too. */
  private static Artifact marked(Artifact artifact, Workbench bench) throws IOException {
    Artifact.Rendered made = artifact.render(bench);
    return new MadeFile(made.blob(), made.mimetype(), made.filename(), true);
  }

  private Artifact ofPdf(Task task, Artifact artifact, Workbench bench) throws IOException {
    String format = task.text("format", "pdf").toLowerCase(Locale.ROOT);
    boolean byOffice =
        task.type() == TaskType.OUTPUT
            && !task.flag("docinfo", false)
            && OFFICE_FORMATS.contains(format)
            && !format.equals("pdf")
            && !format.equals("txt");
    return byOffice
        ? office(artifact, format, bench)
        : pdf(() -> new PdfPages(images).apply(task, artifact, bench));
  }

  @FunctionalInterface
  private interface PdfWork {
    Artifact work() throws IOException;
  }

  private static Artifact pdf(PdfWork work) throws IOException {
    try {
      return work.work();
    } catch (ProcessException e) {
      throw e;
    } catch (NoClassDefFoundError e) {
      throw ProcessException.provider(
          "PDF conversions need a library that isn't there: add org.apache.pdfbox:pdfbox to the"
              + " class path");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw ProcessException.provider(
          "Failed to identify the file, probably corrupted document provided");
    }
  }

  private static MadeFile office(Artifact artifact, String format, Workbench bench)
      throws IOException {
    Optional<Program> soffice = Program.find("soffice", "libreoffice");
    String mimetype = MediaTypes.ofName("x." + format);
    String filename = MadeFile.renamed(artifact.filename(), format);
    if (soffice.isEmpty()) {
      if (bench.mayStandIn()) {
        return new MadeFile(StandIns.of(format, bench), mimetype, filename, true);
      }
      throw ProcessException.provider(
          artifact.mimetype()
              + " conversions need LibreOffice, which isn't installed here: apt-get install"
              + " libreoffice, or set the option conversion.standIns");
    }
    try (Scratch scratch = Scratch.create()) {
      Artifact.Rendered source = artifact.render(bench);
      requireHonest(artifact.mimetype(), source);
      String extension = MediaTypes.extensionFor(artifact.mimetype()).orElse("bin");
      Path in = scratch.put("source." + extension, source.blob().body());
      Path out = Files.createDirectory(scratch.folder().resolve("out"));
      Duration left = bench.timeLeft();
      Program.Ended ended =
          soffice
              .get()
              .run(
                  scratch.folder(),
                  left.compareTo(PATIENCE) < 0 ? left : PATIENCE,
                  arguments(scratch, artifact, format, in, out));
      Path made = out.resolve("source." + format);
      if (ended.exitCode().isEmpty()) {
        throw ProcessException.provider("Processing timeout");
      }
      if (!Files.exists(made)) {
        throw ProcessException.unsupported(artifact.mimetype() + " to " + format);
      }
      return new MadeFile(bench.blobs().store(o -> Files.copy(made, o)), mimetype, filename);
    }
  }

  /** An archive that is a bomb is not for LibreOffice to find out. */
  private static void requireHonest(String mimetype, Artifact.Rendered source)
      throws ProcessException {
    if (!mimetype.startsWith("application/vnd.o")) {
      return;
    }
    try (InputStream in = source.blob().body().openStream()) {
      BoundedArchive.check(in);
    } catch (BoundedArchive.TooLargeException e) {
      throw ProcessException.provider("Input size limit exceeded");
    } catch (IOException e) {
      throw ProcessException.provider(
          "Failed to identify the file, probably corrupted document provided");
    }
  }

  private static List<String> arguments(
      Scratch scratch, Artifact artifact, String format, Path in, Path out) {
    String filter = artifact.mimetype().equals(PDF) ? "writer_pdf_import" : "";
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-env:UserInstallation=" + scratch.folder().resolve("profile").toUri(),
                "--headless",
                "--norestore",
                "--nolockcheck"));
    if (!filter.isEmpty()) {
      arguments.add("--infilter=" + filter);
    }
    arguments.addAll(List.of("--convert-to", format, "--outdir", out.toString(), in.toString()));
    return arguments;
  }
}
