package dev.clouddrive.simulator.internal.filestack.picker;

import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The static host with the picker's script, and {@code /prefetch} (filestack.md 2.1, 2.6). One
 * script serves every generation of the SDK, whichever version its address names.
 */
public final class PickerApi {
  private static final int JSON_LIMIT = 256 * 1024;
  private static final Pattern SCRIPT = Pattern.compile("picker(-[\\w.-]+)?\\.js");
  private static final Set<String> ICONS = Set.of("folder.png", "file.png");

  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;

  public PickerApi(World world, FilestackRoles roles, Applications applications) {
    this.world = world;
    this.roles = roles;
    this.applications = applications;
  }

  public List<Route> routes() {
    return List.of(
        Route.of("static.picker", "GET", "/picker/{version}/{file}", roles.assets(), this::script),
        Route.of("static.icon", "GET", "/icons/{name}", roles.assets(), this::icon),
        Route.of("cloud.prefetch", "GET", "/prefetch", roles.cloud(), this::asked),
        Route.of(
            "cloud.prefetchPost",
            "POST",
            "/prefetch",
            roles.cloud(),
            request -> posted(request, 404, roles::cloudError)),
        Route.of(
            "upload.prefetch",
            "POST",
            "/prefetch",
            roles.upload(),
            request -> posted(request, 403, roles::uploadError)));
  }

  private Response script(Request request) throws IOException {
    String file = request.variable("file");
    if (SCRIPT.matcher(file).matches()) {
      return Assets.serve("picker.js");
    }
    if (file.equals("script.json")) {
      return Assets.script(world);
    }
    return file.equals("client.js") ? Assets.serve(file) : missing();
  }

  private Response icon(Request request) throws IOException {
    String name = request.variable("name");
    return ICONS.contains(name) ? Assets.serve(name) : missing();
  }

  private static Response missing() {
    return Response.text(404, "File not found\n");
  }

  /** {@code GET /prefetch}: filestack-js before 3. */
  private Response asked(Request request) {
    return applications.byKey(request.query().get("apikey").orElse("")).isEmpty()
        ? roles.cloudError(404, Applications.INVALID)
        : Response.json(200, facts());
  }

  /**
   * {@code POST /prefetch}: by the cloud host's clients flat, by filestack-js from 3 on grouped.
   */
  private Response posted(Request request, int unknown, BiFunction<Integer, String, Response> error)
      throws IOException {
    JsonObject json;
    try {
      json = Json.parseObject(request.body().readAll(JSON_LIMIT));
    } catch (JsonException e) {
      return error.apply(400, "Invalid JSON: " + e.getMessage());
    }
    if (json.optionalString("apikey").flatMap(applications::byKey).isEmpty()) {
      return error.apply(unknown, Applications.INVALID);
    }
    if (!json.has("settings") && !json.has("permissions") && !json.has("events")) {
      return Response.json(200, facts());
    }
    Map<String, @Nullable Object> settings = Json.object("inapp_browser", false);
    json.strings("settings").forEach(name -> settings.put(name, false));
    Map<String, @Nullable Object> permissions =
        Json.object("intelligent_ingestion", intelligent(), "whitelabel", false);
    json.strings("permissions").forEach(name -> permissions.putIfAbsent(name, false));
    return Response.json(
        200, Json.object("blocked", false, "settings", settings, "permissions", permissions));
  }

  private Map<String, @Nullable Object> facts() {
    return Json.object(
        "blocked",
        false,
        "intelligent_ingestion",
        intelligent(),
        "whitelabel",
        false,
        "customsource",
        true);
  }

  private boolean intelligent() {
    return world.option(Options.UPLOAD_INTELLIGENT);
  }
}
