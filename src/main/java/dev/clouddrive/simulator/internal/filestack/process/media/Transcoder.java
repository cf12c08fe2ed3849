package dev.clouddrive.simulator.internal.filestack.process.media;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.program.Program;
import dev.clouddrive.simulator.internal.filestack.process.program.Scratch;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts one file with ffmpeg. */
final class Transcoder {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** No demuxer that opens further files or URLs. */
  private static final String FORMATS =
      "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,wav,mp3,ogg,flac,aac,mpegts,mpeg,flv,asf,amr";

  private final Program ffmpeg;
  private final Program ffprobe;
  private final BlobStore blobs;

  private Transcoder(Program ffmpeg, Program ffprobe, BlobStore blobs) {
    this.ffmpeg = ffmpeg;
    this.ffprobe = ffprobe;
    this.blobs = blobs;
  }

  /** Empty where ffmpeg isn't installed. */
  static Optional<Transcoder> find(BlobStore blobs) {
    Optional<Program> ffmpeg = Program.find("ffmpeg");
    Optional<Program> ffprobe = Program.find("ffprobe");
    return ffmpeg.isPresent() && ffprobe.isPresent()
        ? Optional.of(new Transcoder(ffmpeg.get(), ffprobe.get(), blobs))
        : Optional.empty();
  }

  /**
   * What came out.
   *
   * @param segments of a stream whose playlist the result is; null for a file
   * @param thumbnail a JPEG; null for sound
   * @param source facts of the source in the words of filestack.md 1.4.7
   */
  record Made(
      Blob result,
      @Nullable Blob segments,
      @Nullable Blob thumbnail,
      Map<String, @Nullable Object> source,
      Map<String, @Nullable Object> facts) {}

  Made run(Blob source, Task task) throws IOException {
    Preset preset = Preset.of(task.text("preset", "h264"));
    try (Scratch scratch = Scratch.create()) {
      Path in = scratch.put("source", source.body());
      Path out = scratch.folder().resolve("result." + preset.extension());
      JsonObject before = probed(scratch, in);
      boolean pictured = preset.hasPicture() && hasVideo(before);
      List<String> arguments = new ArrayList<>(List.of("-nostdin", "-v", "error", "-y"));
      arguments.addAll(List.of("-format_whitelist", FORMATS, "-protocol_whitelist", "file"));
      task.text("clip_offset").ifPresent(t -> arguments.addAll(List.of("-ss", t)));
      arguments.addAll(List.of("-i", "file:" + in));
      task.text("clip_length").ifPresent(t -> arguments.addAll(List.of("-t", t)));
      arguments.addAll(preset.arguments());
      if (pictured) {
        arguments.addAll(List.of("-pix_fmt", "yuv420p", "-vf", filter(task)));
      }
      number(arguments, task, "fps", "-r", "");
      number(arguments, task, "video_bitrate", "-b:v", "k");
      number(arguments, task, "keyframe_interval", "-g", "");
      number(arguments, task, "audio_bitrate", "-b:a", "k");
      number(arguments, task, "audio_sample_rate", "-ar", "");
      number(arguments, task, "audio_channels", "-ac", "");
      arguments.addAll(List.of("-map_metadata", "-1", "file:" + out));
      Program.Ended ended = ffmpeg.run(scratch.folder(), PATIENCE, arguments);
      if (!ended.isSuccess() || !Files.exists(out)) {
        throw ProcessException.provider(
            ended.exitCode().isEmpty() ? "Processing timeout" : firstLine(ended.output()));
      }
      Path segments = scratch.folder().resolve("result.ts");
      return new Made(
          stored(out),
          Files.exists(segments) ? stored(segments) : null,
          pictured ? thumbnail(scratch, in) : null,
          facts(before, source.size()),
          facts(probed(scratch, Files.exists(segments) ? segments : out), Files.size(out)));
    }
  }

  private Blob stored(Path file) throws IOException {
    return blobs.store(out -> Files.copy(file, out));
  }

  private static void number(
      List<String> arguments, Task task, String name, String option, String unit) {
    task.text(name).ifPresent(value -> arguments.addAll(List.of(option, value.strip() + unit)));
  }

  /** The picture's size, by the ways of {@code aspect_mode}; sides are even, as codecs want. */
  private static String filter(Task task) {
    String even = "scale=trunc(iw/2)*2:trunc(ih/2)*2";
    if (!task.has("width") && !task.has("height")) {
      return even;
    }
    int w = task.whole("width", -2);
    int h = task.whole("height", -2);
    if (w < 0 || h < 0) {
      return "scale=" + w + ":" + h + "," + even;
    }
    return switch (task.text("aspect_mode", "preserve")) {
      case "crop" ->
          "scale=%d:%d:force_original_aspect_ratio=increase,crop=%d:%d,%s"
              .formatted(w, h, w, h, even);
      case "pad", "letterbox" ->
          "scale=%d:%d:force_original_aspect_ratio=decrease,pad=%d:%d:(ow-iw)/2:(oh-ih)/2,%s"
              .formatted(w, h, w, h, even);
      case "constrain" -> "scale=%d:%d,%s".formatted(w, h, even);
      default -> "scale=%d:%d:force_original_aspect_ratio=decrease,%s".formatted(w, h, even);
    };
  }

  private @Nullable Blob thumbnail(Scratch scratch, Path in) throws IOException {
    Path out = scratch.folder().resolve("thumb.jpg");
    ffmpeg.run(
        scratch.folder(),
        PATIENCE,
        List.of(
            "-nostdin",
            "-v",
            "error",
            "-y",
            "-format_whitelist",
            FORMATS,
            "-protocol_whitelist",
            "file",
            "-i",
            "file:" + in,
            "-frames:v",
            "1",
            "-f",
            "mjpeg",
            "file:" + out));
    return Files.exists(out) ? stored(out) : null;
  }

  private JsonObject probed(Scratch scratch, Path file) throws IOException {
    Program.Ended ended =
        ffprobe.run(
            scratch.folder(),
            PATIENCE,
            List.of(
                "-v",
                "error",
                "-format_whitelist",
                FORMATS,
                "-protocol_whitelist",
                "file",
                "-print_format",
                "json",
                "-show_format",
                "-show_streams",
                "file:" + file));
    try {
      if (ended.isSuccess()) {
        return Json.parseObject(ended.output());
      }
    } catch (JsonException e) {
      // Said below.
    }
    throw ProcessException.provider(
        "Failed to identify the file, probably corrupted video provided");
  }

  private static boolean hasVideo(JsonObject probed) {
    return stream(probed, "video").isPresent();
  }

  private static Optional<JsonObject> stream(JsonObject probed, String kind) {
    return probed.objects("streams").stream()
        .filter(s -> s.optionalString("codec_type").orElse("").equals(kind))
        .findFirst();
  }

  private static Map<String, @Nullable Object> facts(JsonObject probed, long size) {
    Map<String, @Nullable Object> facts = Json.object();
    stream(probed, "audio")
        .ifPresent(
            audio -> {
              audio.optionalLong("channels").ifPresent(n -> facts.put("audio_channels", n));
              audio.optionalString("codec_name").ifPresent(c -> facts.put("audio_codec", c));
              audio
                  .optionalString("sample_rate")
                  .ifPresent(r -> facts.put("audio_sample_rate", (long) decimal(r)));
              audio
                  .optionalString("bit_rate")
                  .ifPresent(r -> facts.put("audio_bitrate", Math.round(decimal(r) / 1000)));
            });
    stream(probed, "video")
        .ifPresent(
            video -> {
              video.optionalLong("width").ifPresent(n -> facts.put("width", n));
              video.optionalLong("height").ifPresent(n -> facts.put("height", n));
              video.optionalString("codec_name").ifPresent(c -> facts.put("video_codec", c));
              video
                  .optionalString("avg_frame_rate")
                  .ifPresent(r -> facts.put("fps", Math.round(rate(r))));
              video
                  .optionalString("bit_rate")
                  .ifPresent(r -> facts.put("video_bitrate", Math.round(decimal(r) / 1000)));
            });
    probed
        .optionalObject("format")
        .flatMap(f -> f.optionalString("duration"))
        .ifPresent(d -> facts.put("duration", Math.round(decimal(d) * 1000)));
    facts.put("file_size", size);
    return facts;
  }

  private static double decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Such as {@code 30000/1001}. */
  private static double rate(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return decimal(text);
    }
    double divisor = decimal(text.substring(slash + 1));
    return divisor == 0 ? 0 : decimal(text.substring(0, slash)) / divisor;
  }

  private static String firstLine(String output) {
    String line = output.strip().lines().findFirst().orElse("Processing failed");
    // A path of ours is nobody's business.
    return line.replaceAll("\\[[^\\]]*\\] *", "").replaceAll("(file:)?/[^ ]*/", "");
  }
}
