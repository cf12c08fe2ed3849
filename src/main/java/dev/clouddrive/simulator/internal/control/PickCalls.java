package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.json.Nearest;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dialogs without a browser (simulator.md section 5). */
final class PickCalls {
  private final World world;
  private final Picks picks;
  private final Addresses addresses;

  PickCalls(World world, Picks picks, Addresses addresses) {
    this.world = world;
    this.picks = picks;
    this.addresses = addresses;
  }

  Response pick(Request request) throws IOException {
    JsonObject json =
        Bodies.json(request)
            .only("apikey", "account", "source", "paths", "mode", "storeTo", "consent");
    String source = json.optionalString("source").orElse("clouddrive");
    if (!source.equals("clouddrive")) {
      throw json.wrong(
          "source", "\"" + source + "\" is not connected; the simulator's cloud is clouddrive");
    }
    List<String> paths = json.strings("paths");
    if (paths.isEmpty()) {
      throw json.wrong("paths", "name at least one file, such as /Pictures/beach.jpg");
    }
    Map<String, @Nullable Object> storeTo =
        json.optionalObject("storeTo").map(JsonObject::toMap).orElse(Map.of());
    Picks.Result result =
        picks.pick(
            new Picks.Pick(
                origin(request),
                app(json),
                Bodies.account(json, world),
                paths,
                mode(json),
                Bodies.allows(json),
                storeTo));
    return Response.json(
        200,
        Json.object("filesUploaded", result.filesUploaded(), "filesFailed", result.filesFailed()));
  }

  Response export(Request request) throws IOException {
    JsonObject json =
        Bodies.json(request).only("apikey", "account", "handle", "filename", "folder", "consent");
    String filename = json.string("filename");
    if (filename.isBlank() || filename.indexOf('/') >= 0 || filename.length() > 256) {
      throw json.wrong("filename", "a name has 1 to 256 characters and no slash");
    }
    return Response.json(
        200,
        picks.export(
            origin(request),
            app(json),
            Bodies.account(json, world),
            json.string("handle"),
            json.optionalString("folder").orElse("/"),
            filename,
            Bodies.allows(json)));
  }

  private String origin(Request request) {
    return addresses.publicUrl().orElse(request.origin());
  }

  private static Picks.Mode mode(JsonObject json) {
    String mode = json.optionalString("mode").orElse("store");
    return switch (mode) {
      case "store" -> Picks.Mode.STORE;
      case "link" -> Picks.Mode.LINK;
      default ->
          throw json.wrong(
              "mode",
              "\""
                  + mode
                  + "\" is neither store nor link"
                  + Nearest.of(mode, List.of("store", "link"))
                      .map(near -> "; did you mean " + near + "?")
                      .orElse(""));
    };
  }

  private String app(JsonObject json) {
    String apikey = json.string("apikey");
    return world.read(
        s -> {
          if (!s.filestack.apps.containsKey(apikey)) {
            throw ControlException.unknown("application", apikey, s.filestack.apps.keySet());
          }
          return apikey;
        });
  }
}
