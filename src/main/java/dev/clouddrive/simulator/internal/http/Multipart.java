package dev.clouddrive.simulator.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part by part without holding a part in memory. The
 * preamble and whatever follows the closing boundary are ignored.
 */
public final class Multipart {

  /** One part; its content has to be read before the next part is asked for. */
  public static final class Part {
    private final Headers headers;
    private final InputStream content;

    private Part(Headers headers, InputStream content) {
      this.headers = headers;
      this.content = content;
    }

    public Headers headers() {
      return headers;
    }

    /** The field's name; empty when the disposition has none. */
    public String name() {
      return parameter("name").orElse("");
    }

    public Optional<String> fileName() {
      return parameter("filename");
    }

    public InputStream content() {
      return content;
    }

    /** The content of a small part. */
    public byte[] readAll(int limit) throws IOException {
      byte[] bytes = content.readNBytes(limit);
      if (bytes.length == limit && content.read() >= 0) {
        throw new BodyTooLargeException(limit);
      }
      return bytes;
    }

    private Optional<String> parameter(String wanted) {
      return headers.get("Content-Disposition").flatMap(value -> parameterOf(value, wanted));
    }
  }

  /** The multipart is cut off or malformed. */
  public static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  private static final int BUFFER = 64 * 1024;
  private static final int MOST_HEADER_BYTES = 16 * 1024;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private boolean inputEnded;
  private boolean begun;
  private boolean closed;
  private boolean atDelimiter;
  private boolean emptyLineGivenBack;

  private Multipart(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * @param contentType the request's {@code Content-Type}
   * @throws MalformedException if it names no usable boundary
   */
  public static Multipart of(String contentType, InputStream in) throws MalformedException {
    String boundary =
        parameterOf(contentType, "boundary")
            .filter(b -> !b.isEmpty() && b.length() <= 200)
            .orElseThrow(() -> new MalformedException("the content type names no boundary"));
    return new Multipart(in, boundary);
  }

  /** The next part, or empty after the last. */
  public Optional<Part> next() throws IOException {
    if (closed) {
      return Optional.empty();
    }
    if (!begun) {
      begun = true;
      skipPreamble();
    } else {
      skipContent();
    }
    if (readDelimiterEnd()) {
      closed = true;
      return Optional.empty();
    }
    atDelimiter = false;
    return Optional.of(new Part(readHeaders(), new Content()));
  }

  /** The first delimiter may stand at the very start, without the line break before it. */
  private void skipPreamble() throws IOException {
    fill(delimiter.length);
    int dashes = delimiter.length - 2;
    if (end - start >= dashes
        && Arrays.equals(buffer, start, start + dashes, delimiter, 2, delimiter.length)) {
      start += dashes;
      atDelimiter = true;
    } else {
      skipContent();
    }
  }

  private void skipContent() throws IOException {
    InputStream rest = new Content();
    while (rest.skip(BUFFER) > 0 || rest.read() >= 0) {
      continue;
    }
  }

  /** Whether the delimiter that was just met is the closing one. */
  private boolean readDelimiterEnd() throws IOException {
    fill(2);
    if (end - start >= 2 && buffer[start] == '-' && buffer[start + 1] == '-') {
      return true;
    }
    String padding = readLine();
    if (!padding.isBlank()) {
      throw new MalformedException("a boundary is followed by something else than a line break");
    }
    return false;
  }

  private Headers readHeaders() throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    int read = 0;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      read += line.length();
      if (read > MOST_HEADER_BYTES) {
        throw new MalformedException(
            "a part's header is longer than " + MOST_HEADER_BYTES + " bytes");
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new MalformedException("a part's header line has no colon");
      }
      fields.add(
          new Headers.Field(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }
    // The empty line's break also begins a delimiter that follows at once: an empty content.
    start -= 2;
    emptyLineGivenBack = true;
    return Headers.of(fields);
  }

  private String readLine() throws IOException {
    for (int scanned = 0; ; ) {
      for (int i = start + scanned; i + 1 < end; i++) {
        if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
          String line = new String(buffer, start, i - start, StandardCharsets.UTF_8);
          start = i + 2;
          return line;
        }
      }
      scanned = Math.max(0, end - start - 1);
      if (scanned > MOST_HEADER_BYTES) {
        throw new MalformedException("a line is longer than " + MOST_HEADER_BYTES + " bytes");
      }
      if (!fill(end - start + 1)) {
        throw cutOff();
      }
    }
  }

  /** Makes at least so many bytes available, unless the input ends before. */
  private boolean fill(int wanted) throws IOException {
    if (end - start >= wanted) {
      return true;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    while (end - start < wanted && !inputEnded && end < buffer.length) {
      int n = in.read(buffer, end, buffer.length - end);
      if (n < 0) {
        inputEnded = true;
      } else {
        end += n;
      }
    }
    return end - start >= wanted;
  }

  private static EOFException cutOff() {
    return new EOFException("the multipart body ends before its closing boundary");
  }

  /** Position of the delimiter, or the first position at which a part of it may begin. */
  private int findDelimiter() {
    int last = end - delimiter.length;
    for (int i = start; i <= last; i++) {
      if (buffer[i] == '\r' && matchesAt(i, delimiter.length)) {
        return i;
      }
    }
    for (int i = Math.max(start, last + 1); i < end; i++) {
      if (buffer[i] == '\r' && matchesAt(i, end - i)) {
        return i;
      }
    }
    return end;
  }

  private boolean matchesAt(int position, int length) {
    return Arrays.equals(buffer, position, position + length, delimiter, 0, length);
  }

  /** A part's bytes, up to the next delimiter. */
  private final class Content extends InputStream {
    private final byte[] single = new byte[1];

    /** Up to where the buffer is known to hold content; below the start when it isn't known. */
    private int known = -1;

    @Override
    public int read() throws IOException {
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int available = available(length);
      if (available < 0) {
        return -1;
      }
      int n = Math.min(available, length);
      System.arraycopy(buffer, start, target, offset, n);
      start += n;
      return n;
    }

    private int available(int wanted) throws IOException {
      while (!atDelimiter) {
        if (emptyLineGivenBack) {
          fill(delimiter.length);
          emptyLineGivenBack = false;
          if (end - start >= delimiter.length && matchesAt(start, delimiter.length)) {
            return meetDelimiter();
          }
          start += 2;
        }
        if (known > start) {
          return known - start;
        }
        known = findDelimiter();
        if (known > start) {
          return known - start;
        }
        if (end - start >= delimiter.length && matchesAt(start, delimiter.length)) {
          return meetDelimiter();
        }
        if (!fill(delimiter.length + Math.min(wanted, BUFFER / 2)) && !fill(delimiter.length)) {
          throw cutOff();
        }
        known = -1;
      }
      return -1;
    }

    private int meetDelimiter() {
      start += delimiter.length;
      atDelimiter = true;
      return -1;
    }
  }

  /** A parameter of a header value such as {@code form-data; name="a"; filename="b.txt"}. */
  static Optional<String> parameterOf(String value, String wanted) {
    int i = value.indexOf(';');
    while (i >= 0 && i < value.length()) {
      int start = i + 1;
      int end = endOfParameter(value, start);
      int equals = value.indexOf('=', start);
      if (equals >= 0 && equals < end) {
        String name = value.substring(start, equals).strip();
        if (name.equalsIgnoreCase(wanted)) {
          return Optional.of(unquoted(value.substring(equals + 1, end).strip()));
        }
      }
      i = end;
    }
    return Optional.empty();
  }

  /** The semicolon behind a parameter that doesn't stand in quotes, or the end. */
  private static int endOfParameter(String value, int start) {
    boolean quoted = false;
    for (int i = start; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && quoted && i + 1 < value.length() && isEscaped(value.charAt(i + 1))) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return value.length();
  }

  /** Browsers write a path's backslashes as they are; only quote and backslash are escaped. */
  private static boolean isEscaped(char c) {
    return c == '"' || c == '\\';
  }

  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < value.length() && value.charAt(i) != '"'; i++) {
      char c = value.charAt(i);
      boolean escape = c == '\\' && i + 1 < value.length() && isEscaped(value.charAt(i + 1));
      text.append(escape ? value.charAt(++i) : c);
    }
    // What browsers make of quotes and line breaks (WHATWG HTML, multipart form data).
    return text.toString().replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }
}
