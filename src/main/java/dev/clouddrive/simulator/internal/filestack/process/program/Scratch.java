package dev.clouddrive.simulator.internal.filestack.process.program;

import dev.clouddrive.simulator.internal.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for one run of a program; it goes with everything that is in it. */
public final class Scratch implements AutoCloseable {
  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  public static Scratch create() throws IOException {
    return new Scratch(Files.createTempDirectory("clouddrive-simulator-"));
  }

  public Path folder() {
    return folder;
  }

  /**
   * Puts content into a file.
   *
   * @param name one of ours, never a user's
   */
  public Path put(String name, Body content) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = content.openStream()) {
      Files.copy(in, file);
    }
    return file;
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
