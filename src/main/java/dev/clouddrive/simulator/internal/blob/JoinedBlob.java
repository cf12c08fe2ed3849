package dev.clouddrive.simulator.internal.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contents one after the other. The MD5 of the whole is computed when it is first asked for. */
final class JoinedBlob extends Blob {
  private final List<Blob> parts;
  private final long size;
  private volatile @Nullable String md5;

  JoinedBlob(List<Blob> parts) {
    this.parts = List.copyOf(parts);
    this.size = parts.stream().mapToLong(Blob::size).sum();
  }

  List<Blob> parts() {
    return parts;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String md5() {
    String known = md5;
    if (known == null) {
      known = Digests.md5(open(0, size));
      md5 = known;
    }
    return known;
  }

  /** As S3 makes it of a multipart object: the MD5 of the parts' MD5s, and how many they are. */
  @Override
  public String etag() {
    MessageDigest digest = Digests.of("MD5");
    for (Blob part : parts) {
      digest.update(HexFormat.of().parseHex(part.md5()));
    }
    return Digests.hex(digest) + "-" + parts.size();
  }

  @Override
  InputStream open(long from, long length) {
    return new SequenceInputStream(
        Collections.enumeration(
            slices(from, length).stream().<InputStream>map(LazyStream::new).toList()));
  }

  @Override
  void write(long from, long length, WritableByteChannel sink) throws IOException {
    for (Slice slice : slices(from, length)) {
      slice.blob().write(slice.from(), slice.length(), sink);
    }
  }

  private record Slice(Blob blob, long from, long length) {}

  private List<Slice> slices(long from, long length) {
    List<Slice> slices = new ArrayList<>();
    long start = 0;
    for (Blob part : parts) {
      long first = Math.max(from, start);
      long end = Math.min(from + length, start + part.size());
      if (first < end) {
        slices.add(new Slice(part, first - start, end - first));
      }
      start += part.size();
    }
    return slices;
  }

  /** Opens its part when it is its turn, so that a thousand parts don't hold a thousand files. */
  private static final class LazyStream extends InputStream {
    private final Slice slice;
    private @Nullable InputStream in;

    LazyStream(Slice slice) {
      this.slice = slice;
    }

    private InputStream in() throws IOException {
      InputStream opened = in;
      if (opened == null) {
        opened = slice.blob().open(slice.from(), slice.length());
        in = opened;
      }
      return opened;
    }

    @Override
    public int read() throws IOException {
      return in().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return in().read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
