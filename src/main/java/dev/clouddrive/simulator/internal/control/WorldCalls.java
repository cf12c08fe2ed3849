package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.journal.Journal;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldArchive;
import dev.clouddrive.simulator.internal.world.WorldException;
import dev.clouddrive.simulator.internal.world.WorldExport;
import dev.clouddrive.simulator.internal.world.WorldFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The world as a whole (simulator.md section 1). */
final class WorldCalls {
  private static final String ZIP = "application/zip";
  private static final long MOST_BYTES = 10L << 30;
  private static final int MOST_JSON_BYTES = 1 << 30;

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
    Blob body;
    try (InputStream in = request.body().openStream()) {
      body = world.blobs().store(in, MOST_BYTES);
    }
    try {
      if (request.mediaType().equals(ZIP) || WorldArchive.isZip(body)) {
        try (WorldArchive archive = WorldArchive.of(body, "the world")) {
          world.adopt(loader.apply(archive.file()));
        }
      } else {
        byte[] json = body.body().readAll(MOST_JSON_BYTES);
        world.adopt(loader.apply(WorldFile.of(json, "the world")));
      }
    } catch (WorldException e) {
      throw new ControlException(400, String.valueOf(e.getMessage()));
    }
    journal.clear();
    return Response.of(204);
  }
}
