package dev.clouddrive.simulator.internal.filestack.process;

import static dev.clouddrive.simulator.internal.filestack.process.Argument.any;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.color;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.faces;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.flag;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.list;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.number;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.position;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.text;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.whole;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.wholeOr;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.wholes;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.window;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.windows;
import static dev.clouddrive.simulator.internal.filestack.process.Argument.words;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tasks with their arguments and the values that these take (filestack-files.md 5.4). Of the
 * arguments that a shortened name can stand for, the first is meant (5.3).
 */
public enum TaskType {
  RESIZE(
      whole("width", 0, 10_000),
      whole("height", 0, 10_000),
      words("fit", "clip", "crop", "scale", "max"),
      position("align")),
  CROP(window("dim")),
  ROTATE(wholeOr("deg", 0, 359, "exif"), flag("exif"), color("background")),
  FLIP,
  FLOP,
  MONOCHROME,
  NEGATIVE,
  REDEYE,
  IMAGESIZE,
  NO_METADATA,
  AUTO_IMAGE,
  TAGS,
  SFW,
  ENHANCE(
      words(
          "preset",
          "auto",
          "vivid",
          "beautify",
          "beautify_plus",
          "fix_dark",
          "fix_noise",
          "fix_tint",
          "outdoor",
          "fireworks")),
  COMPRESS(flag("metadata")),
  QUALITY(whole("value", 1, 100)),
  SHARPEN(number("amount", 0, 20)),
  BLUR(number("amount", 0, 20)),
  SEPIA(number("tone", 0, 100)),
  BLACKWHITE(number("threshold", 0, 100)),
  PIXELATE(whole("amount", 2, 100)),
  OIL_PAINT(whole("amount", 2, 100)),
  MODULATE(whole("brightness", 0, 10_000), whole("hue", 0, 359), whole("saturation", 0, 10_000)),
  BORDER(whole("width", 0, 1_000), color("color"), color("background")),
  ROUNDED_CORNERS(wholeOr("radius", 1, 10_000, "max"), number("blur", 0, 20), color("background")),
  VIGNETTE(whole("amount", 0, 100), words("blurmode", "gaussian", "linear"), color("background")),
  POLAROID(color("color"), whole("rotate", 0, 359), color("background")),
  TORN_EDGES(wholes("spread", 2, 1, 10_000), color("background")),
  SHADOW(
      number("blur", 0, 20),
      whole("opacity", 0, 100),
      wholes("vector", 2, -1_000, 1_000),
      color("color"),
      color("background")),
  CIRCLE(color("background")),
  DETECT_FACES(
      number("minsize", 0, 10_000), number("maxsize", 0, 10_000), flag("export"), color("color")),
  CROP_FACES(
      words("mode", "crop", "thumb", "fill"),
      whole("width", 1, 10_000),
      whole("height", 1, 10_000),
      faces("faces"),
      number("minsize", 0, 10_000),
      number("maxsize", 0, 10_000),
      whole("buffer", 0, 1_000)),
  PIXELATE_FACES(
      faces("faces"),
      number("minsize", 0, 10_000),
      number("maxsize", 0, 10_000),
      whole("buffer", 0, 1_000),
      whole("amount", 2, 100),
      number("blur", 0, 20),
      words("type", "rect", "oval")),
  BLUR_FACES(
      faces("faces"),
      number("minsize", 0, 10_000),
      number("maxsize", 0, 10_000),
      whole("buffer", 0, 1_000),
      number("amount", 0, 10),
      number("blur", 0, 20),
      words("type", "rect", "oval")),
  PARTIAL_PIXELATE(
      windows("objects"),
      whole("amount", 2, 100),
      number("blur", 0, 20),
      words("type", "rect", "oval")),
  PARTIAL_BLUR(
      windows("objects"),
      number("amount", 0, 20),
      number("blur", 0, 20),
      words("type", "rect", "oval")),
  SMART_CROP(
      words("mode", "auto", "face", "fit"),
      whole("width", 0, 10_000),
      whole("height", 0, 10_000),
      color("fill_color")),
  WATERMARK(text("file"), whole("size", 0, 500), position("position")),
  COLLAGE(
      list("files"),
      whole("width", 0, 10_000),
      whole("height", 0, 10_000),
      whole("margin", 1, 100),
      color("color"),
      words("fit", "auto", "crop"),
      flag("autorotate")),
  ANIMATE(
      whole("delay", 0, 10_000),
      whole("loop", 0, 1_000),
      whole("width", 1, 1_800),
      whole("height", 1, 1_800),
      words("fit", "clip", "scale", "crop"),
      position("align"),
      color("background")),
  ASCII(
      color("background"),
      flag("colored"),
      color("foreground"),
      flag("reverse"),
      whole("size", 10, 100)),
  UPSCALE(
      flag("upscale"),
      words("noise", "none", "low", "medium", "high"),
      words("style", "artwork", "photo")),
  OUTPUT(
      words(
          "format", "doc", "docx", "html", "jpg", "jpeg", "odp", "ods", "odt", "pjpg", "pdf", "png",
          "ppt", "pptx", "svg", "txt", "webp", "xls", "xlsx", "gif", "tiff", "bmp", "avif"),
      color("background"),
      whole("page", 1, 99_999),
      whole("density", 1, 500),
      flag("compress"),
      wholeOr("quality", 1, 100, "input"),
      flag("secure"),
      flag("docinfo"),
      flag("strip"),
      words("colorspace", "rgb", "cmyk", "input"),
      words("pageformat", "a2", "a3", "a4", "a5", "b4", "b5", "letter", "legal", "tabloid"),
      words("pageorientation", "portrait", "landscape")),
  PJPG(whole("quality", 0, 100), flag("metadata")),
  PDFINFO(flag("colorinfo")),
  PDFCONVERT(
      words("pageorientation", "portrait", "landscape"),
      words("pageformat", "a2", "a3", "a4", "a5", "b4", "b5", "letter", "legal", "tabloid"),
      list("pages")),
  PDFCREATE(text("engine")),
  DOC_TO_IMAGES(
      list("pages"),
      whole("page", 1, 99_999),
      text("engine"),
      words("format", "jpg", "png"),
      whole("quality", 1, 100),
      whole("density", 1, 500),
      flag("hidden_slides")),
  METADATA(any("names")),
  URLSCREENSHOT(
      words("agent", "desktop", "mobile"),
      words("mode", "all", "window"),
      whole("width", 1, 1_920),
      whole("height", 1, 8_000),
      whole("delay", 0, 20_000),
      words("orientation", "portrait", "landscape"),
      text("device")),
  ZIP,
  STORE(
      text("filename"),
      words("location", "s3", "gcs", "azure", "rackspace", "dropbox"),
      text("path"),
      text("container"),
      words("access", "public", "private"),
      text("region"),
      flag("base64decode"),
      list("workflows")),
  CACHE(wholeOr("expiry", 1, 31_536_000, "max"), any("false")),
  FALLBACK(text("handle"), text("file"), whole("cache", 1, 31_536_000)),
  SECURITY(text("policy"), text("signature")),
  MINIFY_CSS(words("level", "1", "2"), flag("gzip")),
  MINIFY_JS(
      flag("gzip"),
      flag("use_babel_polyfill"),
      flag("keep_fn_name"),
      flag("keep_class_name"),
      flag("mangle"),
      flag("merge_vars"),
      flag("remove_console"),
      flag("remove_undefined"),
      any("targets")),
  OCR,
  QR(any("format"), any("error_correction")),
  CAPTION,
  COPYRIGHT,
  IMAGE_SENTIMENT,
  TEXT_SENTIMENT(text("text"), text("language")),
  DOC_DETECTION(any("coords"), any("preprocess")),
  RUN_WORKFLOW(text("id")),
  WORKFLOW_STATUS(text("job_id")),
  PREVIEW(text("css")),
  VIDEO_PLAYLIST,
  CONTENT,
  /** The old conversion's alone: no URL names it. */
  TEXT_OVERLAY(
      text("text"),
      position("align"),
      color("color"),
      text("font"),
      whole("padding", 0, 1_000),
      whole("size", 1, 1_000)),
  VIDEO_CONVERT(
      words(
          "preset",
          "h264",
          "h264.hi",
          "webm",
          "webm.hi",
          "ogg",
          "ogg.hi",
          "hls.variant",
          "mp3",
          "oga",
          "m4a",
          "aac",
          "hls.variant.audio"),
      whole("width", 1, 4_096),
      whole("height", 1, 4_096),
      flag("force"),
      text("title"),
      text("extname"),
      text("filename"),
      words("location", "s3", "gcs", "azure", "rackspace", "dropbox"),
      text("path"),
      text("container"),
      words("access", "public", "private"),
      flag("upscale"),
      words("aspect_mode", "preserve", "constrain", "letterbox", "pad", "crop"),
      flag("two_pass"),
      whole("video_bitrate", 1, 5_000),
      whole("fps", 1, 300),
      whole("keyframe_interval", 1, 1_000),
      whole("audio_bitrate", 1, 999),
      whole("audio_sample_rate", 1, 99_999),
      whole("audio_channels", 1, 12),
      text("audio_codec"),
      new Argument("clip_length", TaskType::isTime),
      new Argument("clip_offset", TaskType::isTime),
      text("watermark_url"),
      whole("watermark_top", 0, 9_999),
      whole("watermark_right", 0, 9_999),
      whole("watermark_bottom", 0, 9_999),
      whole("watermark_left", 0, 9_999),
      whole("watermark_width", 1, 9_999),
      whole("watermark_height", 1, 9_999),
      whole("frame_count", 1, 1));

  private static final Map<String, TaskType> BY_NAME =
      Arrays.stream(values())
          .filter(type -> !type.taskName().equals("text_overlay"))
          .collect(Collectors.toMap(TaskType::taskName, Function.identity()));

  private final List<Argument> arguments;

  TaskType(Argument... arguments) {
    this.arguments = List.of(arguments);
  }

  private static boolean isTime(Value value) {
    return value.toString().matches("\\d{1,2}:[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?");
  }

  /** As a URL writes it. */
  public String taskName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TaskType> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Whether a vendor's model answers it: it always needs a policy (filestack-files.md 6.3). */
  boolean isIntelligence() {
    return switch (this) {
      case TAGS, SFW, OCR, CAPTION, COPYRIGHT, IMAGE_SENTIMENT, TEXT_SENTIMENT, DOC_DETECTION ->
          true;
      default -> false;
    };
  }

  /** Whether it makes one thing of several sources. */
  boolean takesMany() {
    return switch (this) {
      case ZIP, COLLAGE, ANIMATE, PDFCREATE, RUN_WORKFLOW -> true;
      default -> false;
    };
  }

  /** Whether it is about workflows. */
  boolean isWorkflow() {
    return this == RUN_WORKFLOW || this == WORKFLOW_STATUS;
  }

  /** Whether it says how to go about the others, at whichever place it stands. */
  boolean isControl() {
    return this == SECURITY || this == CACHE || this == STORE || this == FALLBACK;
  }

  /** The argument that a name, or its beginning, stands for. */
  Optional<Argument> argument(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return arguments.stream()
        .filter(argument -> argument.name().equals(name))
        .findFirst()
        .or(() -> arguments.stream().filter(a -> a.name().startsWith(name)).findFirst());
  }
}
