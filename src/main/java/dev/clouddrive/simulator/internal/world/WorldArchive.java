package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.JsonException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip with {@code world.json} and the files that it names. */
final class WorldArchive implements WorldFile.FileSource {
  /** What an archive may hold in all, unpacked. */
  private static final long MOST_BYTES = 64L << 30;

  private final ZipFile zip;
  private long left = MOST_BYTES;

  private WorldArchive(ZipFile zip) {
    this.zip = zip;
  }

  /** Whether a file begins as an archive does. */
  static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  /**
   * The world in an archive, which is open until the world file is closed.
   *
   * @throws WorldException if there is none
   */
  static WorldFile read(Path file, String name) throws IOException {
    WorldArchive archive = new WorldArchive(new ZipFile(file.toFile()));
    try (InputStream in = archive.open(WorldExport.WORLD_JSON)) {
      return new WorldFile(
          WorldFile.parse(in, WorldExport.WORLD_JSON), archive, WorldExport.WORLD_JSON);
    } catch (IOException | RuntimeException e) {
      archive.close();
      if (e instanceof NoSuchFileException) {
        throw new WorldException(name + " has no " + WorldExport.WORLD_JSON + " in it");
      }
      if (e instanceof JsonException) {
        throw new WorldException(WorldExport.WORLD_JSON + ": " + e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public InputStream open(String entryName) throws IOException {
    ZipEntry entry = zip.getEntry(entryName);
    if (entry == null || entry.isDirectory()) {
      throw new NoSuchFileException(entryName);
    }
    return new FilterInputStream(zip.getInputStream(entry)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        left -= Math.max(0, n);
        if (left < 0) {
          throw new IOException("the archive holds more than is read");
        }
        return n;
      }
    };
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
