package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A world's description with the place of the files that it names.
 *
 * @param json the description, by {@code simulator.md} section 1
 * @param files reads a file that the description names
 * @param name for error texts
 */
public record WorldFile(JsonObject json, FileSource files, String name) implements AutoCloseable {

  /** Opens the files that a world names. */
  @FunctionalInterface
  public interface FileSource extends Closeable {
    /**
     * @throws NoSuchFileException if there is no such file
     */
    InputStream open(String name) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  private static final int MOST_JSON_BYTES = 1 << 30;

  private static final String SAMPLE = "dev/clouddrive/simulator/sample/";

  /** The world that is used when none is named (simulator.md section 1). */
  public static WorldFile sample() {
    try (InputStream in = sampleFile("world.json")) {
      return new WorldFile(
          Json.parseObject(in.readAllBytes()), WorldFile::sampleFile, "the sample world");
    } catch (IOException e) {
      throw new WorldException("the sample world can't be read: " + e.getMessage());
    }
  }

  /**
   * @throws WorldException if the file can't be read or isn't JSON
   */
  public static WorldFile read(Path file) {
    return read(file, file.toString());
  }

  /**
   * As {@link #read(Path)}, for JSON and for a zip with {@code world.json} in it.
   *
   * @param name for error texts
   */
  public static WorldFile read(Path file, String name) {
    try {
      if (WorldArchive.isZip(file)) {
        return WorldArchive.read(file, name);
      }
      Path folder = file.toAbsolutePath().normalize().getParent();
      try (InputStream in = Files.newInputStream(file)) {
        return new WorldFile(parse(in, name), beside -> open(folder, beside), name);
      }
    } catch (NoSuchFileException e) {
      throw new WorldException("there is no file " + name + "; name a world file that exists");
    } catch (IOException e) {
      throw new WorldException(name + " can't be read: " + e.getMessage());
    } catch (JsonException e) {
      throw new WorldException(name + ": " + e.getMessage());
    }
  }

  /**
   * @throws WorldException if there is more of it than is read
   */
  static JsonObject parse(InputStream json, String name) throws IOException {
    byte[] bytes = json.readNBytes(MOST_JSON_BYTES);
    if (bytes.length == MOST_JSON_BYTES && json.read() >= 0) {
      throw new WorldException(
          name
              + " holds more than 1 GiB of JSON; put its contents beside it, as an exported zip does");
    }
    return Json.parseObject(bytes);
  }

  private static InputStream open(Path folder, String beside) throws IOException {
    Path named = folder.resolve(beside).normalize();
    if (!named.startsWith(folder)) {
      throw new IOException("it lies outside of the world file's folder");
    }
    return Files.newInputStream(named);
  }

  /** Lets go of the files; to be called when the world is loaded. */
  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new WorldException(name + " can't be read: " + e.getMessage());
    }
  }

  /**
   * A world file of the class path.
   *
   * @throws WorldException if there is none, or it isn't JSON
   */
  public static WorldFile resource(String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? WorldFile.class.getClassLoader() : context;
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    try (InputStream in = open(loader, name)) {
      return new WorldFile(
          Json.parseObject(in.readAllBytes()),
          beside -> open(loader, folder + beside),
          "classpath:" + name);
    } catch (NoSuchFileException e) {
      throw new WorldException(
          "there is no " + name + " on the class path; name a world file that exists");
    } catch (IOException e) {
      throw new WorldException("classpath:" + name + " can't be read: " + e.getMessage());
    } catch (JsonException e) {
      throw new WorldException("classpath:" + name + ": " + e.getMessage());
    }
  }

  private static InputStream sampleFile(String name) throws IOException {
    return open(WorldFile.class.getClassLoader(), SAMPLE + name);
  }

  private static InputStream open(ClassLoader loader, String name) throws IOException {
    InputStream in = loader.getResourceAsStream(name);
    if (in == null) {
      throw new NoSuchFileException(name);
    }
    return in;
  }
}
