package dev.clouddrive.simulator.internal.filestack.upload;

import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.file.UploadTags;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import dev.clouddrive.simulator.internal.http.Multipart;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call of the upload host in one shape, whichever SDK sent it: JSON, a form or a multipart form;
 * {@code store.location} or {@code store_location}; {@code fii} or {@code multipart}; {@code parts}
 * as a text or an array (filestack-files.md 4.3).
 */
final class UploadCall {
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int MOST_FIELD_BYTES = 1024 * 1024;
  private static final int MOST_FIELDS = 200;

  private final Map<String, @Nullable Object> values;

  private UploadCall(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /**
   * @throws JsonException if the body says it is JSON and isn't
   */
  static UploadCall read(Request request) throws IOException {
    String type = request.mediaType();
    if (type.equals("multipart/form-data")) {
      return new UploadCall(multipart(request));
    }
    byte[] body = request.body().readAll(MOST_BYTES);
    if (type.equals("application/x-www-form-urlencoded")) {
      Parameters form = Parameters.parse(new String(body, StandardCharsets.UTF_8));
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      form.names().forEach(name -> values.put(name, form.get(name).orElse("")));
      return new UploadCall(values);
    }
    return new UploadCall(Json.parseObject(body).toMap());
  }

  private static Map<String, @Nullable Object> multipart(Request request) throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int total = 0;
    try (InputStream in = request.body().openStream()) {
      Multipart parts = Multipart.of(request.headers().get("Content-Type").orElse(""), in);
      for (Optional<Multipart.Part> next = parts.next(); next.isPresent(); next = parts.next()) {
        // The empty file part that filestack-php sends counts as a field as well.
        byte[] value = next.get().readAll(MOST_FIELD_BYTES);
        total += value.length;
        if (values.size() >= MOST_FIELDS || total > MOST_BYTES) {
          throw new BodyTooLargeException(MOST_BYTES);
        }
        values.put(next.get().name(), new String(value, StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  /** A value as a text; empty when it is absent, null or empty. */
  Optional<String> text(String name) {
    return text(values.get(name));
  }

  private static Optional<String> text(@Nullable Object value) {
    return value == null || value instanceof Map || value instanceof List
        ? Optional.empty()
        : Optional.of(String.valueOf(value)).filter(text -> !text.isEmpty());
  }

  /** A whole number; empty when it is absent or something else. */
  Optional<Long> number(String name) {
    return text(name).flatMap(UploadCall::wholeNumber);
  }

  private static Optional<Long> wholeNumber(String text) {
    try {
      return text.length() > 20
          ? Optional.empty()
          : Optional.of(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether chunks are asked for. */
  boolean wantsChunks() {
    return isTrue("fii") || isTrue("multipart");
  }

  private boolean isTrue(String name) {
    return text(name).filter("true"::equals).isPresent();
  }

  Credentials credentials() {
    return new Credentials(text("policy").orElse(""), text("signature").orElse(""), "");
  }

  StoreOptions store() {
    Object nested = values.get("store");
    if (nested instanceof Map<?, ?> store) {
      return StoreOptions.of(name -> text(store.get(name)));
    }
    return StoreOptions.of(name -> text("store_" + name));
  }

  /** The upload tags: those of the call, or of its {@code store} as filestack-ruby sends them. */
  Map<String, String> tags() throws UploadTags.InvalidException {
    Object tags = values.get("upload_tags");
    if (tags == null && values.get("store") instanceof Map<?, ?> store) {
      tags = store.get("upload_tags");
    }
    if (tags instanceof String json && Json.isJson(json.getBytes(StandardCharsets.UTF_8))) {
      tags = Json.parseValue(json.getBytes(StandardCharsets.UTF_8));
    }
    return UploadTags.of(tags);
  }

  /** ETag by part number, without quotes; entries that are neither are passed over. */
  TreeMap<Integer, String> parts() {
    TreeMap<Integer, String> parts = new TreeMap<>();
    Object value = values.get("parts");
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> part) {
          put(parts, text(part.get("part_number")), text(part.get("etag")));
        }
      }
    } else if (value instanceof String text) {
      for (String part : text.split(";")) {
        int colon = part.indexOf(':');
        if (colon > 0) {
          put(
              parts,
              Optional.of(part.substring(0, colon).strip()),
              Optional.of(part.substring(colon + 1).strip()));
        }
      }
    }
    return parts;
  }

  private static void put(
      Map<Integer, String> parts, Optional<String> number, Optional<String> etag) {
    Optional<Long> part =
        number.flatMap(UploadCall::wholeNumber).filter(n -> n >= 1 && n <= 10_000);
    if (part.isPresent() && etag.isPresent()) {
      parts.put(part.get().intValue(), etag.get().replace("\"", ""));
    }
  }
}
