package dev.clouddrive.simulator.internal.blob;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where contents live: up to {@value #IN_MEMORY} bytes in the heap, larger ones each in a file of a
 * temporary folder. A file whose blob nothing refers to any more goes when the next one is made,
 * and all go with the store. Files are named by a number of our own; a user's name never becomes a
 * path.
 */
public final class BlobStore implements AutoCloseable {
  private static final int IN_MEMORY = 128 * 1024;

  /** Files of blobs that nobody refers to any more; a queue needs no thread, as a cleaner would. */
  private final ReferenceQueue<FileBlob> unreachable = new ReferenceQueue<>();

  private final Set<FileReference> references = ConcurrentHashMap.newKeySet();

  private final AtomicLong nextFile = new AtomicLong();
  private @Nullable Path folder;
  private final boolean keeps;

  /**
   * Those that were recalled, by their files: one for each file, whoever names it, as the file goes
   * with its blob. They are held until the world that they are of is there.
   */
  private final Map<Path, FileBlob> recalled = new HashMap<>();

  private volatile boolean closed;

  /** Contents go with the store. */
  public BlobStore() {
    this.keeps = false;
  }

  /**
   * Contents stay in a folder when the store is closed.
   *
   * @param folder which is made when needed
   * @throws UncheckedIOException if it can't be
   */
  public BlobStore(Path folder) {
    this.keeps = true;
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        nextFile.set(1 + files.mapToLong(BlobStore::number).max().orElse(-1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is no content of ours has no number. */
  private static long number(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.matches("\\d{1,18}") ? Long.parseLong(name) : -1;
  }

  /**
   * What tells a content so that {@link #recall} finds it again: its bytes, the file that they are
   * in, its parts, or how it is made. Its bytes are safe on disk afterwards.
   */
  public Map<String, @Nullable Object> reference(Blob blob) throws IOException {
    if (blob instanceof FileBlob file) {
      file.force();
      return Json.object("file", file.name(), "size", file.size(), "md5", file.md5());
    }
    if (blob instanceof JoinedBlob joined) {
      List<Object> parts = new ArrayList<>();
      for (Blob part : joined.parts()) {
        parts.add(reference(part));
      }
      return Json.object("parts", parts);
    }
    return blob.seed().isPresent()
        ? Json.object("size", blob.size(), "seed", blob.seed().getAsLong())
        : Json.object("base64", blob.body().readAll(IN_MEMORY));
  }

  /** The names of the files that a document's references, however deep, are about. */
  public static Set<String> files(JsonObject document) {
    Set<String> names = new HashSet<>();
    addFiles(document.toMap(), names);
    return names;
  }

  private static void addFiles(@Nullable Object value, Set<String> names) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("file") instanceof String name && map.containsKey("md5")) {
        names.add(name);
      }
      map.values().forEach(inner -> addFiles(inner, names));
    } else if (value instanceof List<?> list) {
      list.forEach(inner -> addFiles(inner, names));
    }
  }

  /** The content that an export tells of by its bytes, or by how it is made. */
  public Blob told(JsonObject content) {
    if (content.has("base64")) {
      return of(content.binary("base64"));
    }
    long size = content.longValue("size");
    if (size < 0) {
      throw content.wrong("size", "a size is 0 or more bytes");
    }
    return generated(size, content.longValue("seed"));
  }

  /** The content that a {@link #reference} tells. */
  public Blob recall(JsonObject reference) throws IOException {
    if (reference.has("parts")) {
      List<Blob> parts = new ArrayList<>();
      for (JsonObject part : reference.objects("parts")) {
        parts.add(recall(part));
      }
      return joined(parts);
    }
    if (!reference.has("file")) {
      return told(reference);
    }
    Path file = Objects.requireNonNull(folder).resolve(reference.string("file"));
    if (number(file) < 0 || !Files.isRegularFile(file)) {
      throw new NoSuchFileException(String.valueOf(file));
    }
    FileBlob blob = recalled.get(file);
    if (blob == null) {
      blob = register(file, reference.longValue("size"), reference.string("md5"));
      recalled.put(file, blob);
    }
    return blob;
  }

  /** From now on a recalled content goes, as any does, when nothing refers to it any more. */
  public void releaseRecalled() {
    recalled.clear();
  }

  /** Removes the files that no content is in any more; to be called before others are made. */
  public synchronized void removeOthers(Set<String> names) throws IOException {
    try (Stream<Path> files = Files.list(Objects.requireNonNull(folder))) {
      files
          .filter(file -> number(file) >= 0 && !names.contains(String.valueOf(file.getFileName())))
          .forEach(BlobStore::delete);
    }
  }

  /** Content that is in memory already; it stays there if it is small. */
  public Blob of(byte[] content) {
    if (content.length > IN_MEMORY) {
      try {
        return store(out -> out.write(content));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new MemoryBlob(content.clone());
  }

  /** Content made from a seed. */
  public Blob generated(long size, long seed) {
    return new GeneratedBlob(size, seed);
  }

  /** Contents one after the other, without a copy. */
  public Blob joined(List<Blob> parts) {
    return parts.size() == 1 ? parts.get(0) : new JoinedBlob(parts);
  }

  /** Takes a body in. A body that is a whole blob is shared, not copied. */
  public Blob store(Body body) throws IOException {
    if (body instanceof Blob.BlobBody part && part.isWhole()) {
      return part.blob();
    }
    try (InputStream in = body.openStream()) {
      return store(in, Long.MAX_VALUE);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param limit bytes
   * @throws BodyTooLargeException if there are more bytes than the limit; nothing is kept then
   */
  public Blob store(InputStream in, long limit) throws IOException {
    byte[] head = in.readNBytes((int) Math.min(IN_MEMORY, limit) + 1);
    if (head.length > limit) {
      throw new BodyTooLargeException(limit);
    }
    if (head.length <= IN_MEMORY) {
      return new MemoryBlob(head);
    }
    byte[] buffer = new byte[64 * 1024];
    try (Writer writer = new Writer()) {
      writer.write(head);
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (writer.size + n > limit) {
          throw new BodyTooLargeException(limit);
        }
        writer.write(buffer, 0, n);
      }
      return writer.finish();
    }
  }

  /** Keeps what is written. */
  public Blob store(Content content) throws IOException {
    try (Writer writer = new Writer()) {
      content.writeTo(writer);
      return writer.finish();
    }
  }

  /** Writes a content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Begins in the heap and goes on in a file; without {@link #finish} nothing is kept. */
  private final class Writer extends OutputStream {
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private OutputStream out = memory;
    private @Nullable Path file;
    private @Nullable MessageDigest digest;
    private long size;
    private boolean finished;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      size += length;
      try {
        if (file == null && size > IN_MEMORY) {
          goOnInFile();
        }
        out.write(bytes, offset, length);
      } catch (IOException e) {
        // Our own disk fails, which is another matter than a body that can't be read.
        throw new UncheckedIOException(e);
      }
    }

    private void goOnInFile() throws IOException {
      file = newFile();
      digest = Digests.of("MD5");
      out = new DigestOutputStream(Files.newOutputStream(file), digest);
      memory.writeTo(out);
    }

    Blob finish() throws IOException {
      out.close();
      finished = true;
      return file == null || digest == null
          ? new MemoryBlob(memory.toByteArray())
          : register(file, size, Digests.hex(digest));
    }

    @Override
    public void close() throws IOException {
      out.close();
      if (!finished && file != null) {
        Files.deleteIfExists(file);
      }
    }
  }

  private FileBlob register(Path file, long size, String md5) {
    FileBlob blob = new FileBlob(file, size, md5);
    references.add(new FileReference(blob, unreachable, file));
    removeUnreachable();
    return blob;
  }

  /** What is kept when the store is closed outlives the blobs that stood for it. */
  private void removeUnreachable() {
    for (Reference<?> gone = unreachable.poll(); gone != null; gone = unreachable.poll()) {
      FileReference reference = (FileReference) gone;
      references.remove(reference);
      if (!closed) {
        delete(reference.file);
      }
    }
  }

  private static final class FileReference extends PhantomReference<FileBlob> {
    final Path file;

    FileReference(FileBlob blob, ReferenceQueue<FileBlob> queue, Path file) {
      super(blob, queue);
      this.file = file;
    }
  }

  private synchronized Path newFile() throws IOException {
    if (closed) {
      throw new IOException("the store of contents is closed");
    }
    Path into = folder;
    if (into == null) {
      into = Files.createTempDirectory("clouddrive-simulator-");
      folder = into;
    }
    return into.resolve(Long.toString(nextFile.getAndIncrement()));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Path gone = folder;
    folder = null;
    if (gone == null || keeps) {
      return;
    }
    try (Stream<Path> files = Files.list(gone)) {
      files.forEach(BlobStore::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    delete(gone);
  }
}
