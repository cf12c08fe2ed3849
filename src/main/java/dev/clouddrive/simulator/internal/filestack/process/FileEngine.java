package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.file.FileNames;
import dev.clouddrive.simulator.internal.json.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Tasks on files of any kind. */
public final class FileEngine implements Engine {
  private static final Set<TaskType> DONE =
      Set.of(
          TaskType.ZIP,
          TaskType.CONTENT,
          TaskType.VIDEO_PLAYLIST,
          TaskType.TEXT_SENTIMENT,
          TaskType.URLSCREENSHOT);

  @Override
  public boolean does(Task task, Artifact artifact) {
    return DONE.contains(task.type());
  }

  @Override
  public Artifact apply(Task task, Artifact artifact, Workbench bench) throws IOException {
    return switch (task.type()) {
      case ZIP -> zipped(bench);
      case TEXT_SENTIMENT -> sentiment(artifact, bench);
      case URLSCREENSHOT -> screenshot(task, bench);
      case VIDEO_PLAYLIST -> playlist(artifact);
      default -> artifact;
    };
  }

  /** Every source under its name; one that occurs again gets a number. */
  private static Artifact zipped(Workbench bench) throws IOException {
    List<FileContent> sources = bench.sources();
    return new MadeFile(
        bench
            .blobs()
            .store(
                out -> {
                  ZipOutputStream zip = new ZipOutputStream(out);
                  Set<String> names = new HashSet<>();
                  for (FileContent source : sources) {
                    bench.checkTime();
                    ZipEntry entry = new ZipEntry(unique(source.filename(), names));
                    entry.setLastModifiedTime(FileTime.from(source.modified()));
                    zip.putNextEntry(entry);
                    try (InputStream in = source.body().openStream()) {
                      in.transferTo(zip);
                    }
                    zip.closeEntry();
                  }
                  zip.finish();
                }),
        "application/zip",
        sources.size() == 1 ? MadeFile.renamed(sources.get(0).filename(), "zip") : "archive.zip");
  }

  private static String unique(String filename, Set<String> names) {
    String clean = FileNames.clean(filename).orElse("untitled");
    String name = clean;
    for (int i = 1; !names.add(name); i++) {
      int dot = clean.lastIndexOf('.');
      name =
          dot <= 0
              ? clean + " (" + i + ")"
              : clean.substring(0, dot) + " (" + i + ")" + clean.substring(dot);
    }
    return name;
  }

  /** What {@code video_convert} with an {@code hls} preset has made. */
  private static Artifact playlist(Artifact artifact) throws ProcessException {
    if (!artifact.mimetype().equals("application/x-mpegURL")) {
      throw ProcessException.unsupported(artifact.mimetype());
    }
    return artifact;
  }

  private static Artifact sentiment(Artifact artifact, Workbench bench) {
    Object told = bench.insight().of(TaskType.TEXT_SENTIMENT.taskName());
    Object emotions =
        told != null ? told : Json.object("Mixed", 0, "Negative", 0, "Neutral", 1, "Positive", 0);
    return new MadeFile(
        bench.blobs().of(Json.bytes(Json.object("emotions", emotions))),
        "application/json",
        MadeFile.renamed(artifact.filename(), "json"));
  }

  /** A browser would load whatever a page refers to, past the guard of our own fetches. */
  private static Artifact screenshot(Task task, Workbench bench) throws IOException {
    if (!bench.mayStandIn()) {
      throw ProcessException.provider(
          "urlscreenshot needs a browser, which this simulator doesn't run; set the option"
              + " conversion.standIns for an empty picture of the size");
    }
    BufferedImage page =
        new BufferedImage(
            task.whole("width", 1_024), task.whole("height", 768), BufferedImage.TYPE_BYTE_GRAY);
    return new MadeFile(
        bench.blobs().store(out -> ImageIO.write(page, "png", out)),
        "image/png",
        "screenshot.png",
        true);
  }
}
