package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip with {@code world.json} and the files that it names. */
public final class WorldArchive implements AutoCloseable {
  private static final int MOST_ENTRIES = 1_000_000;

  /** What an archive may hold in all, unpacked. */
  private static final long MOST_BYTES = 64L << 30;

  private static final int MOST_JSON_BYTES = 1 << 30;

  private final ZipFile zip;
  private final Path copy;
  private final String name;
  private long unpacked;

  private WorldArchive(ZipFile zip, Path copy, String name) {
    this.zip = zip;
    this.copy = copy;
    this.name = name;
  }

  /** Whether a content begins as an archive does. */
  public static boolean isZip(Blob content) throws IOException {
    try (InputStream in = content.body().openStream()) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  /**
   * Opens an archive.
   *
   * @throws WorldException if it is none
   */
  public static WorldArchive of(Blob content, String name) throws IOException {
    Path copy = Files.createTempFile("clouddrive-world-", ".zip");
    try (InputStream in = content.body().openStream()) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return new WorldArchive(new ZipFile(copy.toFile()), copy, name);
    } catch (ZipException e) {
      Files.delete(copy);
      throw new WorldException(name + " is no zip archive: " + e.getMessage());
    }
  }

  /** The world in it. */
  public WorldFile file() throws IOException {
    if (zip.size() > MOST_ENTRIES) {
      throw new WorldException(name + " has more than " + MOST_ENTRIES + " entries");
    }
    try (InputStream in = open(WorldExport.WORLD_JSON)) {
      return new WorldFile(
          Json.parseObject(in.readNBytes(MOST_JSON_BYTES)), this::open, WorldExport.WORLD_JSON);
    } catch (NoSuchFileException e) {
      throw new WorldException(name + " has no " + WorldExport.WORLD_JSON + " in it");
    } catch (JsonException e) {
      throw new WorldException(WorldExport.WORLD_JSON + ": " + e.getMessage());
    }
  }

  private InputStream open(String entryName) throws IOException {
    ZipEntry entry = zip.getEntry(entryName);
    if (entry == null || entry.isDirectory()) {
      throw new NoSuchFileException(entryName);
    }
    return new FilterInputStream(zip.getInputStream(entry)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        unpacked += Math.max(0, n);
        if (unpacked > MOST_BYTES) {
          throw new IOException("the archive holds more than is read");
        }
        return n;
      }
    };
  }

  @Override
  public void close() throws IOException {
    zip.close();
    Files.deleteIfExists(copy);
  }
}
