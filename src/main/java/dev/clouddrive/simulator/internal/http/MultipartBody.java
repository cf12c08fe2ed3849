package dev.clouddrive.simulator.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A {@code multipart/form-data} body (RFC 7578) that streams its parts. */
public final class MultipartBody implements Body {

  private record Part(byte[] head, Body content) {}

  private final String boundary;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param boundary a text that occurs in none of the parts
   */
  public MultipartBody(String boundary) {
    this.boundary = boundary;
  }

  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** Adds a field without a file name. */
  public MultipartBody field(String name, byte[] value) {
    return add("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n", Body.of(value));
  }

  /** Adds a file. */
  public MultipartBody file(String name, String fileName, String contentType, Body content) {
    String safeName = fileName.replaceAll("[\"\\p{Cntrl}\\\\]", "_");
    return add(
        "Content-Disposition: form-data; name=\""
            + name
            + "\"; filename=\""
            + safeName
            + "\"\r\nContent-Type: "
            + contentType.replaceAll("\\p{Cntrl}", "_")
            + "\r\n\r\n",
        content);
  }

  private MultipartBody add(String header, Body content) {
    String head = (parts.isEmpty() ? "--" : "\r\n--") + boundary + "\r\n" + header;
    parts.add(new Part(head.getBytes(StandardCharsets.UTF_8), content));
    return this;
  }

  private byte[] end() {
    return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long length() {
    long length = end().length;
    for (Part part : parts) {
      if (part.content().length() < 0) {
        return -1;
      }
      length += part.head().length + part.content().length();
    }
    return length;
  }

  @Override
  public InputStream openStream() throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (Part part : parts) {
      streams.add(new ByteArrayInputStream(part.head()));
      streams.add(part.content().openStream());
    }
    streams.add(new ByteArrayInputStream(end()));
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
