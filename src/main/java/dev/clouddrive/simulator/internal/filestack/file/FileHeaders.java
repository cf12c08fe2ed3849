package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.ContentDisposition;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Ranged;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Delivers content with the headers of filestack-files.md 3.2. */
public final class FileHeaders {
  private FileHeaders() {}

  /** 200, 206, 304 or 416. */
  public static Response deliver(Request request, FileContent content) throws IOException {
    String etag = "\"" + content.etag() + "\"";
    if (request.headers().get("If-None-Match").filter(f -> names(f, etag)).isPresent()) {
      return Response.of(304).with("ETag", etag);
    }
    if (request.query().get("base64encode").orElse("").equals("true")) {
      return Response.of(200, "text/plain", new Base64Body(content.body()))
          .with("X-File-Name", PercentCoding.encode(content.filename()))
          .with("ETag", etag);
    }
    boolean download = request.query().get("dl").orElse("").equals("true");
    try {
      return Ranged.response(
              conditional(request, etag),
              content.mimetype(),
              content.size(),
              (from, length) -> read(content, from, length))
          .with(
              "Content-Disposition",
              ContentDisposition.of(download ? "attachment" : "inline", content.filename()))
          .with("X-File-Name", PercentCoding.encode(content.filename()))
          .with("ETag", etag)
          .with(
              "Last-Modified",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  content.modified().atOffset(ZoneOffset.UTC)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A range that is for another version of the content is none (RFC 9110 13.1.5). */
  private static Request conditional(Request request, String etag) {
    return request.headers().get("If-Range").filter(tag -> !tag.strip().equals(etag)).isPresent()
        ? request.withHeader("Range", "")
        : request;
  }

  /** Whether a list of entity tags has this one; weak ones compare too (RFC 9110 13.1.2). */
  private static boolean names(String list, String etag) {
    for (String tag : list.split(",")) {
      String bare = tag.strip();
      if (bare.equals("*") || bare.equals(etag) || bare.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private static Body read(FileContent content, long from, long length) {
    try {
      return content.source().read(from, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
