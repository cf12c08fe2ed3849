package dev.clouddrive.simulator.internal.http;

/** Answers with content of a known size, whole or the range that was asked for (RFC 9110 14). */
public final class Ranged {

  /** A part of the content. */
  @FunctionalInterface
  public interface Slices {
    /**
     * @param from position of the first byte
     * @param length bytes
     */
    Body slice(long from, long length);
  }

  private Ranged() {}

  /** 200, 206 with {@code Content-Range}, or 416. */
  public static Response response(Request request, String contentType, long size, Slices content) {
    ByteRange range = ByteRange.parse(request.headers().get("Range").orElse(""), size);
    Response response;
    if (range instanceof ByteRange.Part part) {
      response =
          Response.of(206, contentType, content.slice(part.first(), part.length()))
              .with("Content-Range", part.contentRange(size));
    } else if (range instanceof ByteRange.Unsatisfiable) {
      response = Response.of(416).with("Content-Range", "bytes */" + size);
    } else {
      response = Response.of(200, contentType, content.slice(0, size));
    }
    return response.with("Accept-Ranges", "bytes");
  }
}
