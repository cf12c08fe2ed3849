package dev.clouddrive.simulator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class MultipartProperties {
  private static final String TYPE = "multipart/form-data; boundary=xYz";

  private static List<byte[]> parts(InputStream in) throws IOException {
    Multipart multipart = Multipart.of(TYPE, in);
    List<byte[]> contents = new ArrayList<>();
    for (Optional<Multipart.Part> part = multipart.next();
        part.isPresent();
        part = multipart.next()) {
      contents.add(part.get().content().readAllBytes());
    }
    return contents;
  }

  /** Gives a few bytes at a time, as a slow connection does. */
  private static InputStream trickle(byte[] bytes, int atOnce) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, atOnce));
      }
    };
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 4) List<byte[]> contents, @ForAll @IntRange(min = 1, max = 70_000) int n)
      throws IOException {
    MultipartBody body = new MultipartBody("xYz");
    contents.forEach(content -> body.file("f", "n", "t/t", Body.of(content)));
    List<byte[]> read =
        contents.isEmpty() ? List.of() : parts(trickle(body.openStream().readAllBytes(), n));
    assertThat(read.size()).isEqualTo(contents.size());
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i)).isEqualTo(contents.get(i));
    }
  }

  @Property
  void anyBytesEndInPartsOrAnIoException(@ForAll byte[] bytes) {
    for (String start : List.of("", "--xYz\r\n", "--xYz\r\na: b\r\n\r\n")) {
      byte[] head = start.getBytes(StandardCharsets.US_ASCII);
      byte[] all = Arrays.copyOf(head, head.length + bytes.length);
      System.arraycopy(bytes, 0, all, head.length, bytes.length);
      try {
        parts(new ByteArrayInputStream(all));
      } catch (IOException expected) {
        assertThat(expected).isNotNull();
      }
    }
  }

  @Property
  void aBodyThatIsCutOffIsNeverWhole(@ForAll @IntRange(min = 0, max = 20_000) int size)
      throws IOException {
    byte[] whole =
        new MultipartBody("xYz")
            .file("content", "n", "t/t", Body.of(new byte[size]))
            .openStream()
            .readAllBytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - 6);
    assertThatThrownBy(() -> parts(new ByteArrayInputStream(cut))).isInstanceOf(IOException.class);
  }

  @Example
  void preambleAndEpilogueAreIgnored() throws IOException {
    String body =
        "hello\r\n--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--xYz  \r\n"
            + "Content-Disposition: form-data; name=b; filename=\"x \\\"y\\\".txt\"\r\n\r\n"
            + "\r\n--xYz--multipart/form-data; boundary=xYz";
    Multipart multipart =
        Multipart.of(TYPE, new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)));
    Multipart.Part a = multipart.next().orElseThrow();
    assertThat(a.name()).isEqualTo("a");
    assertThat(a.readAll(100)).isEqualTo("one".getBytes(StandardCharsets.US_ASCII));
    Multipart.Part b = multipart.next().orElseThrow();
    assertThat(b.name()).isEqualTo("b");
    assertThat(b.fileName()).contains("x \"y\".txt");
    assertThat(b.readAll(100)).isEmpty();
    assertThat(multipart.next()).isEmpty();
    assertThat(multipart.next()).isEmpty();
  }

  @Example
  void contentMayLookLikeABoundary() throws IOException {
    byte[] content = "\r\n--xY\r\n--xYy\r\r\n--".getBytes(StandardCharsets.US_ASCII);
    byte[] body = new MultipartBody("xYz").field("a", content).openStream().readAllBytes();
    assertThat(parts(trickle(body, 1)).get(0)).isEqualTo(content);
  }

  @Example
  void anEndInTheMiddleIsTold() {
    byte[] body = "--xYz\r\na: b\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> parts(new ByteArrayInputStream(body)))
        .isInstanceOf(EOFException.class);
  }

  @Example
  void aHugeHeaderIsRefused() {
    byte[] body = ("--xYz\r\na: " + "b".repeat(40_000)).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> parts(new ByteArrayInputStream(body)))
        .isInstanceOf(Multipart.MalformedException.class);
  }
}
