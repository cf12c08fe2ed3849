package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.http.Multipart;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a store or overwrite call sends, in any of its forms (filestack-files.md 3.5 and 4.1): raw
 * bytes, a part {@code fileUpload}, or a field {@code url} of a form or of JSON.
 *
 * @param content the bytes; empty when a URL was sent
 * @param url where the bytes are; empty when they were sent
 * @param filename as its part tells it
 * @param mimetype of the bytes
 * @param fields what else the body holds
 */
record Submission(
    Optional<Blob> content,
    Optional<String> url,
    Optional<String> filename,
    String mimetype,
    Map<String, String> fields) {

  private static final long MOST_BYTES = 5L << 30;
  private static final int MOST_FIELD_BYTES = 64 * 1024;
  private static final int MOST_FIELDS = 100;
  private static final String PLAIN = "text/plain";

  Submission {
    fields = Map.copyOf(fields);
  }

  /** A body is none of the forms. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  /** Whether the body is of a form that can hold more than the content. */
  static boolean hasFields(Request request) {
    String type = request.mediaType();
    return type.equals("multipart/form-data")
        || type.equals("application/x-www-form-urlencoded")
        || type.equals("application/json");
  }

  /**
   * The media type of a file.
   *
   * @param asked what the caller wants it to be
   * @param otherwise what the content says; anything that is none counts as bytes
   * @throws MalformedException if what is asked for is none
   */
  static String mimetype(Optional<String> asked, String otherwise) throws MalformedException {
    if (asked.filter(type -> !MediaTypes.isValid(type)).isPresent()) {
      throw new MalformedException("The parameter mimetype is no media type");
    }
    return asked.orElse(MediaTypes.isValid(otherwise) ? otherwise : MediaTypes.OCTET_STREAM);
  }

  static Submission read(Request request, BlobStore blobs) throws IOException {
    String type = request.mediaType();
    if (type.equals("multipart/form-data")) {
      return multipart(request, blobs);
    }
    Blob body;
    try (InputStream in = request.body().openStream()) {
      body = blobs.store(in, MOST_BYTES);
    }
    boolean form = type.equals("application/x-www-form-urlencoded");
    if ((form || type.equals("application/json")) && body.size() <= MOST_FIELD_BYTES) {
      Map<String, String> fields =
          form ? formFields(body) : jsonFields(body.body().readAll(MOST_FIELD_BYTES));
      if (fields.containsKey("url")) {
        return ofUrl(fields);
      }
    }
    // What curl sends as a form without being asked is no form, when it has no url in it.
    return new Submission(
        Optional.of(body), Optional.empty(), Optional.empty(), raw(type, form), Map.of());
  }

  private static String raw(String type, boolean form) {
    return type.isEmpty() || form ? PLAIN : type;
  }

  private static Submission ofUrl(Map<String, String> fields) {
    return new Submission(
        Optional.empty(),
        Optional.ofNullable(fields.get("url")),
        Optional.empty(),
        MediaTypes.OCTET_STREAM,
        fields);
  }

  private static Map<String, String> formFields(Blob body) throws IOException {
    Parameters form =
        Parameters.parse(new String(body.body().readAll(MOST_FIELD_BYTES), StandardCharsets.UTF_8));
    Map<String, String> fields = new LinkedHashMap<>();
    form.names().forEach(name -> fields.put(name, form.get(name).orElse("")));
    return fields;
  }

  /** Texts alone; a file that happens to be JSON has none that count. */
  private static Map<String, String> jsonFields(byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      JsonObject json = Json.parseObject(body);
      for (String key : json.keys()) {
        if (json.value(key) instanceof String text) {
          fields.put(key, text);
        }
      }
    } catch (JsonException e) {
      return Map.of();
    }
    return fields;
  }

  private static Submission multipart(Request request, BlobStore blobs) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    Blob content = null;
    String filename = null;
    String type = PLAIN;
    try (InputStream in = request.body().openStream()) {
      Multipart parts = Multipart.of(request.headers().get("Content-Type").orElse(""), in);
      for (Optional<Multipart.Part> next = parts.next(); next.isPresent(); next = parts.next()) {
        Multipart.Part part = next.get();
        if (part.name().equals("fileUpload") && content == null) {
          content = blobs.store(part.content(), MOST_BYTES);
          filename = part.fileName().orElse(null);
          type =
              part.headers()
                  .get("Content-Type")
                  .map(MediaTypes::bare)
                  .filter(t -> !t.isEmpty())
                  .orElse(PLAIN);
        } else if (part.fileName().isEmpty()) {
          if (fields.size() >= MOST_FIELDS) {
            throw new BodyTooLargeException(MOST_FIELD_BYTES);
          }
          fields.put(
              part.name(), new String(part.readAll(MOST_FIELD_BYTES), StandardCharsets.UTF_8));
        }
      }
    }
    if (content != null) {
      return new Submission(
          Optional.of(content),
          Optional.empty(),
          Optional.ofNullable(filename).flatMap(FileNames::clean),
          type,
          fields);
    }
    if (fields.containsKey("url")) {
      return ofUrl(fields);
    }
    throw new MalformedException("There is neither a part fileUpload nor a field url");
  }

  /** A parameter of the query, or of the body. */
  Optional<String> parameter(Request request, String name) {
    return request
        .query()
        .nonEmpty(name)
        .or(() -> Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty()));
  }
}
