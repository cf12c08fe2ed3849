package dev.clouddrive.simulator.internal.filestack.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.process.document.DocumentEngine;
import dev.clouddrive.simulator.internal.filestack.process.image.ImageEngine;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.world.Insight;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is asked of the processing host is a chain, or refused in its words. */
final class ChainProperties {
  private final ChainParser parser = new ChainParser(key -> false);

  /** The one way to fail. */
  private Chain parsed(String path, String query) {
    try {
      return parser.ofUrl(path, query);
    } catch (ProcessException e) {
      assertThat(e.status()).isBetween(400, 499);
      assertThat(e.getMessage()).isNotBlank();
      return null;
    }
  }

  @Property(tries = 2_000)
  void anyTextIsReadOrRefused(@ForAll String path, @ForAll String query) {
    parsed(path, query);
  }

  @Property(tries = 5_000)
  void textOfTheGrammarsOwnCharactersToo(
      @ForAll("grammatical") String path, @ForAll("grammatical") String query) {
    parsed(path, query);
  }

  @Provide
  Arbitrary<String> grammatical() {
    return Arbitraries.of(
            "/", "=", ":", ",", "[", "]", "\"", "%22", "%2F", "%5B", "resize", "width", "crop",
            "dim", "b64", "://", "https", "debug", "store", "path", "cache", "false", "100", "W10",
            "?", "&", "+", "%", " ", "é", "\u0000")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 500)
  void anyJsonIsReadOrRefused(@ForAll("json") String json) {
    try {
      parser.ofJson(Json.parseObject(json));
    } catch (ProcessException e) {
      assertThat(e.status()).isBetween(400, 499);
    } catch (JsonException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> value =
        Arbitraries.of(
            "null",
            "1",
            "-1e9",
            "true",
            "\"x\"",
            "[]",
            "{}",
            "[[1]]",
            "{\"a\":[null]}",
            "\"https://e.test/x\"",
            "{\"source\":1}",
            "\"resize\"",
            "{\"name\":\"crop\"}",
            "[{\"name\":\"resize\",\"params\":{\"width\":[1]}}]",
            "[{\"name\":\"store\",\"params\":[1]}]",
            "[{\"name\":\"cache\",\"params\":false}]");
    return Combinators.combine(value, value, value, value)
        .as(
            (apikey, sources, tasks, tags) ->
                "{\"apikey\":%s,\"sources\":%s,\"tasks\":%s,\"upload_tags\":%s}"
                    .formatted(apikey, sources, tasks, tags));
  }

  /** Any chain of picture tasks with any arguments gives a file or a refusal. */
  @Property(tries = 600)
  void anyChainOnAPictureGivesAFileOrARefusal(@ForAll("chains") String tasks) throws IOException {
    Chain chain = parsed(tasks + "/stoSimHandle00000001", "");
    if (chain == null || !chain.isSound()) {
      return;
    }
    List<Engine> engines =
        List.of(new FileEngine(), new DocumentEngine(new ImageEngine()), new ImageEngine());
    try (BlobStore blobs = new BlobStore()) {
      FileContent picture = picture(blobs);
      try (Workbench bench =
          new Workbench(
              blobs,
              List.of(picture),
              name -> picture,
              Insight.NONE,
              true,
              t -> "https://e.test/" + t)) {
        Artifact artifact = new SourceFile(picture);
        for (Task task : chain.conversions()) {
          Artifact before = artifact;
          Engine engine =
              engines.stream().filter(e -> e.does(task, before)).findFirst().orElse(null);
          if (engine == null) {
            return;
          }
          artifact = engine.apply(task, artifact, bench);
        }
        assertThat(artifact.render(bench).blob().size()).isPositive();
      } catch (ProcessException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private static FileContent picture(BlobStore blobs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB), "png", out);
    Blob blob = blobs.of(out.toByteArray());
    return new FileContent(
        "p.png", "image/png", blob.size(), blob.etag(), Instant.EPOCH, blob::body);
  }

  @Provide
  Arbitrary<String> chains() {
    Arbitrary<String> number = Arbitraries.integers().between(0, 40).map(String::valueOf);
    Arbitrary<String> value =
        Arbitraries.oneOf(
            number,
            Arbitraries.of(
                "crop",
                "scale",
                "max",
                "top",
                "[top,left]",
                "ff00ff",
                "transparent",
                "true",
                "[1,2]",
                "[0,0,10,10]",
                "[[0,0,5,5],[2,2,9,9]]",
                "rect",
                "oval",
                "exif",
                "vivid",
                "gif",
                "jpg",
                "webp",
                "tiff",
                "bmp",
                "all",
                "linear"));
    Arbitrary<String> name =
        Arbitraries.of(
            "width",
            "height",
            "fit",
            "align",
            "deg",
            "background",
            "amount",
            "dim",
            "color",
            "radius",
            "blur",
            "spread",
            "vector",
            "opacity",
            "objects",
            "type",
            "format",
            "quality",
            "size",
            "tone",
            "threshold",
            "brightness",
            "hue",
            "saturation",
            "preset",
            "margin",
            "files",
            "delay",
            "loop",
            "buffer",
            "faces",
            "mode",
            "rotate",
            "file",
            "position",
            "value");
    List<String> types =
        Arrays.stream(TaskType.values()).map(TaskType::taskName).collect(Collectors.toList());
    Arbitrary<String> task =
        Combinators.combine(
                Arbitraries.of(types),
                Combinators.combine(name, value).as((n, v) -> n + ":" + v).list().ofMaxSize(3))
            .as((t, arguments) -> arguments.isEmpty() ? t : t + "=" + String.join(",", arguments));
    return task.list().ofMinSize(1).ofMaxSize(4).map(all -> String.join("/", all));
  }
}
