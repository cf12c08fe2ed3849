package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A world's description with the place of the files that it names.
 *
 * @param json the description, by {@code simulator.md} section 1
 * @param files reads a file that the description names
 * @param name for error texts
 */
public record WorldFile(JsonObject json, FileSource files, String name) {

  /** Opens the files that a world names. */
  @FunctionalInterface
  public interface FileSource {
    /**
     * @throws NoSuchFileException if there is no such file
     */
    InputStream open(String name) throws IOException;
  }

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
   * A world that names no files.
   *
   * @throws WorldException if it isn't JSON
   */
  public static WorldFile of(byte[] json, String name) {
    try {
      return new WorldFile(
          Json.parseObject(json),
          file -> {
            throw new NoSuchFileException(file);
          },
          name);
    } catch (JsonException e) {
      throw new WorldException(name + ": " + e.getMessage());
    }
  }

  /**
   * @throws WorldException if the file can't be read or isn't JSON
   */
  public static WorldFile read(Path file) {
    try {
      if (isZip(file)) {
        try (InputStream in = openIn(file, WorldExport.WORLD_JSON)) {
          return new WorldFile(
              Json.parseObject(in.readAllBytes()), name -> openIn(file, name), file.toString());
        }
      }
      Path folder = file.toAbsolutePath().normalize().getParent();
      return new WorldFile(
          Json.parseObject(Files.readAllBytes(file)),
          name -> {
            Path named = folder.resolve(name).normalize();
            if (!named.startsWith(folder)) {
              throw new IOException("it lies outside of the world file's folder");
            }
            return Files.newInputStream(named);
          },
          file.toString());
    } catch (NoSuchFileException e) {
      throw new WorldException(
          "there is no file " + e.getFile() + "; name a world file that exists");
    } catch (IOException e) {
      throw new WorldException(file + " can't be read: " + e.getMessage());
    } catch (JsonException e) {
      throw new WorldException(file + ": " + e.getMessage());
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  /** An archive's entry; the archive is closed with it. */
  private static InputStream openIn(Path archive, String name) throws IOException {
    ZipFile zip = new ZipFile(archive.toFile());
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      zip.close();
      throw new NoSuchFileException(archive + "!" + name);
    }
    return new FilterInputStream(zip.getInputStream(entry)) {
      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
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
