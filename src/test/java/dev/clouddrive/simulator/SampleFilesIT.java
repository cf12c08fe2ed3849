package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample world's files are what they say: each opens in its own program. */
final class SampleFilesIT {
  private static final Path FOLDER =
      Path.of("src/main/resources/dev/clouddrive/simulator/sample").toAbsolutePath();

  private static String output(String... command) {
    Tools.Run run = Tools.run(FOLDER, command);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }

  @ParameterizedTest
  @CsvSource({
    "beach.jpg,image/jpeg",
    "logo.png,image/png",
    "waves.wav,audio/x-wav",
    "kite.mp4,video/mp4",
    "ferry.pdf,application/pdf",
    "report.docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "budget.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "notes.txt,text/plain",
    "backup.zip,application/zip"
  })
  void fileKnowsEachOfThem(String name, String type) {
    Tools.require("file", "file");
    assertThat(output("file", "--brief", "--mime-type", name).strip()).isEqualTo(type);
  }

  @Test
  void thePhotoHasExif() {
    Tools.require("exiftool", "libimage-exiftool-perl");
    assertThat(output("exiftool", "-s", "-DateTimeOriginal", "-Model", "beach.jpg"))
        .contains("2015:08:14 16:20:31", "Camera 1");
  }

  @Test
  void soundAndFilmPlay() {
    Tools.require("ffprobe", "ffmpeg");
    for (String name : List.of("waves.wav", "kite.mp4")) {
      String duration =
          output(
              "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", name);
      assertThat(Double.parseDouble(duration.strip())).as(name).isBetween(0.9, 2.1);
    }
  }

  @Test
  void theDocumentHasItsPages() {
    Tools.require("pdfinfo", "poppler-utils");
    assertThat(output("pdfinfo", "ferry.pdf")).contains("Pages:           2");
  }

  @Test
  void theArchivesAreWhole() {
    Tools.require("unzip", "unzip");
    for (String name : List.of("backup.zip", "report.docx", "budget.xlsx")) {
      assertThat(output("unzip", "-tq", name)).contains("No errors detected");
    }
  }

  @Test
  void togetherTheyAreSmall() throws Exception {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(1_000_000);
    }
  }
}
