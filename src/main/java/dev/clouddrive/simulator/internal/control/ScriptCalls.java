package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Script;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages that act by themselves (simulator.md section 5). */
final class ScriptCalls {
  private static final int MOST_PICKS = 1_000;

  private final World world;

  ScriptCalls(World world) {
    this.world = world;
  }

  Response get(Request request) {
    return Script.of(world)
        .map(script -> Response.json(200, script))
        .orElseThrow(
            () -> new ControlException(404, "there is no script; set one with PUT script"));
  }

  Response put(Request request) throws IOException {
    JsonObject json = Bodies.json(request).only("account", "consent", "picks", "saveAs", "cancel");
    Script script =
        new Script(
            Bodies.account(json, world).email(),
            Bodies.allows(json) ? "allow" : "deny",
            picks(json),
            saveAs(json),
            json.optionalBoolean("cancel").orElse(false));
    world.change(
        s -> {
          s.script = script;
          return null;
        });
    return Response.json(200, script);
  }

  private static @Nullable List<String> picks(JsonObject json) {
    if (!json.has("picks")) {
      return null;
    }
    List<String> picks = json.strings("picks");
    if (picks.isEmpty()) {
      throw json.wrong("picks", "name at least one file, or write \"cancel\": true");
    }
    if (picks.size() > MOST_PICKS) {
      throw json.wrong("picks", "no more than " + MOST_PICKS + " files can be picked at once");
    }
    for (String pick : picks) {
      if (!pick.startsWith("/") && !pick.startsWith("http://") && !pick.startsWith("https://")) {
        throw json.wrong(
            "picks",
            "\"" + pick + "\" is neither a path such as /Pictures/beach.jpg nor a web address");
      }
    }
    return picks;
  }

  private static @Nullable String saveAs(JsonObject json) {
    String path = json.optionalString("saveAs").orElse(null);
    if (path != null && (path.isBlank() || path.endsWith("/"))) {
      throw json.wrong("saveAs", "name a file, such as report.pdf or /Documents/report.pdf");
    }
    return path;
  }

  Response delete(Request request) {
    world.change(
        s -> {
          s.script = null;
          return null;
        });
    return Response.of(204);
  }
}
