package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.journal.Journal;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldException;
import dev.clouddrive.simulator.internal.world.WorldExport;
import dev.clouddrive.simulator.internal.world.WorldFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The world as a whole (simulator.md section 1). */
final class WorldCalls {
  private static final String ZIP = "application/zip";
  private static final long MOST_BYTES = 10L << 30;

  private final World world;
  private final Journal journal;
  private final Function<WorldFile, World> loader;

  WorldCalls(World world, Journal journal, Function<WorldFile, World> loader) {
    this.world = world;
    this.journal = journal;
    this.loader = loader;
  }

  /** {@code GET world}: JSON, or a zip for whom {@code Accept} says so. */
  Response export(Request request) throws IOException {
    return request.headers().get("Accept").orElse("").contains(ZIP)
        ? Response.of(200, ZIP, WorldExport.zip(world))
        : Response.of(200, "application/json", WorldExport.json(world));
  }

  /** {@code PUT world}: a description or an export, as JSON or a zip. All of it, or nothing. */
  Response put(Request request) throws IOException {
    // A folder of its own, so that nothing else lies beside the file for the world to name.
    Path folder = Files.createTempDirectory("clouddrive-world-");
    Path file = folder.resolve("world");
    try {
      try (InputStream in = request.body().openStream();
          OutputStream out = Files.newOutputStream(file)) {
        copy(in, out);
      }
      try (WorldFile described = WorldFile.read(file, "the world")) {
        world.adopt(loader.apply(described));
      }
    } catch (WorldException e) {
      throw new ControlException(400, String.valueOf(e.getMessage()));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
    journal.clear();
    return Response.of(204);
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long size = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      size += n;
      if (size > MOST_BYTES) {
        throw new BodyTooLargeException(MOST_BYTES);
      }
      out.write(buffer, 0, n);
    }
  }
}
