package dev.clouddrive.simulator.internal.filestack.process.media;

import java.util.List;
import java.util.Locale;

/** What the vendor's presets are made with (filestack-files.md 5.7). */
enum Preset {
  H264("mp4", "video/mp4", "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-c:a", "aac"),
  H264_HI("mp4", "video/mp4", "-c:v", "libx264", "-preset", "medium", "-crf", "20", "-c:a", "aac"),
  WEBM(
      "webm",
      "video/webm",
      "-c:v",
      "libvpx",
      "-b:v",
      "500k",
      "-cpu-used",
      "5",
      "-c:a",
      "libvorbis"),
  WEBM_HI(
      "webm",
      "video/webm",
      "-c:v",
      "libvpx",
      "-b:v",
      "2000k",
      "-cpu-used",
      "4",
      "-c:a",
      "libvorbis"),
  OGG("ogg", "video/ogg", "-c:v", "libtheora", "-q:v", "5", "-c:a", "libvorbis"),
  OGG_HI("ogg", "video/ogg", "-c:v", "libtheora", "-q:v", "8", "-c:a", "libvorbis"),
  HLS_VARIANT(
      "m3u8",
      "application/x-mpegURL",
      "-c:v",
      "libx264",
      "-preset",
      "veryfast",
      "-c:a",
      "aac",
      "-f",
      "hls",
      "-hls_playlist_type",
      "vod",
      "-hls_flags",
      "single_file"),
  MP3("mp3", "audio/mpeg", "-vn", "-c:a", "libmp3lame"),
  OGA("oga", "audio/ogg", "-vn", "-c:a", "libvorbis", "-f", "ogg"),
  M4A("m4a", "audio/mp4", "-vn", "-c:a", "aac"),
  AAC("aac", "audio/aac", "-vn", "-c:a", "aac", "-f", "adts"),
  HLS_VARIANT_AUDIO(
      "m3u8",
      "application/x-mpegURL",
      "-vn",
      "-c:a",
      "aac",
      "-f",
      "hls",
      "-hls_playlist_type",
      "vod",
      "-hls_flags",
      "single_file");

  private final String extension;
  private final String mimetype;
  private final List<String> arguments;

  Preset(String extension, String mimetype, String... arguments) {
    this.extension = extension;
    this.mimetype = mimetype;
    this.arguments = List.of(arguments);
  }

  static Preset of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('.', '_'));
  }

  String extension() {
    return extension;
  }

  String mimetype() {
    return mimetype;
  }

  List<String> arguments() {
    return arguments;
  }

  boolean hasPicture() {
    return !mimetype.startsWith("audio/") && this != HLS_VARIANT_AUDIO;
  }
}
