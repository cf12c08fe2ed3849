package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip with {@code world.json} and the files that it names. */
final class WorldArchive {
  /** What an archive may hold in all, unpacked. */
  private static final long MOST_BYTES = 64L << 30;

  private static final int MOST_JSON_BYTES = 1 << 30;

  private final Path zip;
  private final AtomicLong left = new AtomicLong(MOST_BYTES);

  private WorldArchive(Path zip) {
    this.zip = zip;
  }

  /** Whether a file begins as an archive does. */
  static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  /**
   * The world in an archive.
   *
   * @throws WorldException if there is none
   */
  static WorldFile read(Path zip, String name) throws IOException {
    WorldArchive archive = new WorldArchive(zip);
    try (InputStream in = archive.open(WorldExport.WORLD_JSON)) {
      return new WorldFile(
          Json.parseObject(in.readNBytes(MOST_JSON_BYTES)), archive::open, WorldExport.WORLD_JSON);
    } catch (NoSuchFileException e) {
      throw new WorldException(name + " has no " + WorldExport.WORLD_JSON + " in it");
    } catch (JsonException e) {
      throw new WorldException(WorldExport.WORLD_JSON + ": " + e.getMessage());
    }
  }

  /** An entry; the archive is closed with it. */
  private InputStream open(String entryName) throws IOException {
    ZipFile file = new ZipFile(zip.toFile());
    ZipEntry entry = file.getEntry(entryName);
    if (entry == null || entry.isDirectory()) {
      file.close();
      throw new NoSuchFileException(entryName);
    }
    return new FilterInputStream(file.getInputStream(entry)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        if (left.addAndGet(-Math.max(0, n)) < 0) {
          throw new IOException("the archive holds more than is read");
        }
        return n;
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
