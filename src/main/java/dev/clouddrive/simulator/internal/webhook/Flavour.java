package dev.clouddrive.simulator.internal.webhook;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payloads of one era of Filestack (filestack.md 1.4): which keys, in which order. */
enum Flavour {
  /** The seed page's: {@code action} first, URLs on the File API, no status. */
  CLASSIC("internal"),
  /** The documentation of 2018: {@code id} first, URLs on the CDN, a status. */
  DOCS_2018("internal_v2"),
  /** The vendor's plugin of 2025 shows the shapes of 2018. */
  PRODUCTION_2025("internal_v2");

  private final String internalProvider;

  Flavour(String internalProvider) {
    this.internalProvider = internalProvider;
  }

  /** That of an option's value such as {@code docs-2018}. */
  static Flavour of(String option) {
    return valueOf(option.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The envelope (filestack.md 1.2). */
  byte[] envelope(long id, String action, Instant at, @Nullable Object text) {
    long timestamp = at.getEpochSecond();
    return Json.bytes(
        this == CLASSIC
            ? Json.object("action", action, "timestamp", timestamp, "id", id, "text", text)
            : Json.object("id", id, "action", action, "timestamp", timestamp, "text", text));
  }

  private static String url(FileAddress address, Options options) {
    return address.in(options);
  }

  /** {@code fp.upload}, of a symlink or of a stored file (filestack.md 1.4.2, 1.4.3). */
  Map<String, @Nullable Object> uploaded(
      Filestack.FileLink file, long size, FileAddress address, Options options) {
    if (options.get(Options.WEBHOOK_NESTED_DATA)) {
      return Json.object(
          "url",
          url(address, options),
          "client",
          file.client(),
          "data",
          Json.object("filename", file.filename(), "type", file.mimetype(), "size", size));
    }
    Map<String, @Nullable Object> text = Json.object();
    boolean stored = file.source() instanceof Filestack.Stored;
    if (file.source() instanceof Filestack.Stored copy) {
      text.put("container", copy.place().container());
    }
    text.put("url", url(address, options));
    text.put("client", file.client());
    if (file.source() instanceof Filestack.Stored copy) {
      text.put("key", copy.place().key());
    }
    text.put("type", file.mimetype());
    text.put("filename", file.filename());
    text.put("size", size);
    if (stored && hasStatus(options)) {
      text.put("status", "Stored");
    }
    if (!file.tags().isEmpty()) {
      text.put("upload_tags", file.tags());
    }
    return text;
  }

  private boolean hasStatus(Options options) {
    String status = options.get(Options.WEBHOOK_UPLOAD_STATUS);
    return status.equals(Options.BY_PROFILE) ? this != CLASSIC : status.equals("present");
  }

  /** {@code fp.overwrite} (filestack.md 1.4.6). */
  Map<String, @Nullable Object> overwritten(
      String filename,
      String mimetype,
      String client,
      long size,
      FileAddress address,
      Options options) {
    return Json.object(
        "mimetype",
        mimetype,
        "url",
        url(address, options),
        "isWriteable",
        true,
        "filename",
        filename,
        "client",
        client,
        "size",
        size);
  }

  /** {@code fp.delete} (filestack.md 1.4.6). */
  Map<String, @Nullable Object> deleted(FileAddress address, Options options) {
    return Json.object("url", url(address, options));
  }

  /** {@code fp.export} (filestack.md 1.4.4). */
  Map<String, @Nullable Object> exported(
      String source, String client, String filename, FileAddress created, Options options) {
    boolean blank = options.get(Options.EXPORT_BLANK_URLS);
    return Json.object(
        "source",
        blank ? "" : source,
        "client",
        client,
        "filename",
        filename,
        "created",
        blank ? "" : url(created, options));
  }

  /**
   * {@code fp.converse} (filestack.md 1.4.5).
   *
   * @param path the request's path: tasks and handle
   * @param cloudRoot first segment of a symlink's path
   */
  Map<String, @Nullable Object> converted(
      String path,
      Filestack.FileLink source,
      long size,
      FileAddress address,
      String cloudRoot,
      Options options) {
    return Json.object(
        "url",
        path,
        "link",
        Json.object(
            "url",
            url(address, options),
            "handle",
            source.handle(),
            "filename",
            source.filename(),
            "mimetype",
            source.mimetype(),
            "path",
            source.source() instanceof Filestack.Stored stored
                ? stored.place().key()
                : "/" + cloudRoot + ((Filestack.Symlink) source.source()).path(),
            "provider",
            provider(source, options),
            "size",
            size));
  }

  private String provider(Filestack.FileLink source, Options options) {
    if (!(source.source() instanceof Filestack.Stored stored)) {
      return source.client();
    }
    if (stored.place().isInternal()) {
      String named = options.get(Options.WEBHOOK_INTERNAL_PROVIDER);
      return named.equals(Options.BY_PROFILE) ? internalProvider : named;
    }
    String location = stored.place().location();
    return location.equals("s3") ? "amazon" : location;
  }
}
