package dev.clouddrive.simulator.internal.filestack.picker;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Script;
import dev.clouddrive.simulator.internal.world.World;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** What is served to browsers as it is. */
final class Assets {
  private static final String FOLDER = "dev/clouddrive/simulator/picker/";

  private Assets() {}

  static Response serve(String name) throws IOException {
    return Response.of(200, typeOf(name), Body.of(read(name)))
        .with("Cache-Control", "no-cache")
        .with("X-Content-Type-Options", "nosniff");
  }

  /**
   * What a test has written for the pages to do ({@code PUT script}); an empty object for nothing.
   */
  static Response script(World world) {
    return Response.json(
            200, Script.of(world).<Object>map(script -> script).orElseGet(Json::object))
        .with("Cache-Control", "no-store");
  }

  static byte[] read(String name) throws IOException {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return in.readAllBytes();
    }
  }

  private static String typeOf(String name) {
    if (name.endsWith(".js")) {
      return "text/javascript; charset=utf-8";
    }
    return name.endsWith(".css") ? "text/css; charset=utf-8" : "image/png";
  }
}
