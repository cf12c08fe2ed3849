package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.filestack.upload.Uploads;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The cloud API of 2013 to 2017, which native SDKs and the old dialogs call (filestack.md 2.5).
 * Here is who logs in and out; lists and picks, exports and uploads are in classes of their own.
 */
public final class OldCloudApi {
  private static final int FORM_LIMIT = 256 * 1024;

  private final World world;
  private final FilestackRoles roles;
  private final Addresses addresses;
  private final FileStore files;
  private final Sources sources;
  private final Map<String, Cloud> clouds;
  private final Sessions sessions;
  private final LoginLeg login;
  private final OldCalls calls;
  private final PathReads reads;
  private final PathExports exports;
  private final OldUploads uploads;

  public OldCloudApi(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Map<String, Cloud> clouds,
      FileStore files,
      Events events,
      Security security,
      Sources sources,
      Uploads uploads) {
    this.world = world;
    this.roles = roles;
    this.addresses = addresses;
    this.files = files;
    this.sources = sources;
    this.clouds = Map.copyOf(clouds);
    this.sessions = new Sessions(world);
    this.login = new LoginLeg(sessions, clouds, addresses, roles);
    this.calls = new OldCalls(roles, applications, security, clouds, sessions, login);
    Thumbnails thumbnails = new Thumbnails(sessions, clouds, addresses, roles);
    this.reads = new PathReads(world, roles, addresses, calls, files, thumbnails);
    this.uploads = new OldUploads(world, roles, addresses, calls, files, uploads, reads);
    this.exports = new PathExports(world, roles, addresses, files, events, calls, sources);
  }

  public List<Route> routes() {
    var role = roles.api();
    String client = "/api/client/{cloud}";
    List<Route> routes = new ArrayList<>();
    routes.addAll(reads.routes());
    routes.addAll(exports.routes());
    routes.addAll(uploads.routes());
    routes.add(Route.of("client.login", "GET", client + "/auth/{dialog}", role, this::open));
    routes.add(
        Route.of(
            "client.loginCallback", "GET", client + "/authCallback/{dialog}", role, this::back));
    routes.add(Route.of("client.logout", "GET", client + "/unauth", role, this::logout));
    routes.add(Route.of("clients.logout", "GET", "/api/clients/unauth", role, this::logoutAll));
    routes.add(
        Route.of(
            "dialog.loggedIn",
            "GET",
            "/dialog/open",
            role,
            request -> LoginLeg.page("Authentication succeeded", "You may go back to the app.")));
    routes.add(Route.of("pick.url", "POST", "/api/pick", role, this::pick));
    return routes;
  }

  /** {@code GET /api/client/{cloud}/auth/open}: where a native SDK's web view begins. */
  private Response open(Request request) {
    OldCalls.OldCall call = calls.read(request, request.query());
    Cloud cloud = calls.cloud(request.variable("cloud"));
    Filestack.AuthLeg leg = sessions.begin(call.session(), cloud.name(), null);
    return login
        .onward(request, cloud, leg, callbackUrl(request, cloud))
        .with("Set-Cookie", Sessions.cookie(request, call.session()));
  }

  private String callbackUrl(Request request, Cloud cloud) {
    String dialog = request.variable("dialog").equals("saveas") ? "saveas" : "open";
    return addresses.of(request, FilestackRoles.API_HOST)
        + "/api/client/"
        + cloud.name()
        + "/authCallback/"
        + dialog;
  }

  /** Native SDKs wait for exactly this path. */
  private Response back(Request request) throws IOException {
    Cloud cloud = calls.cloud(request.variable("cloud"));
    return login.callback(
        request, callbackUrl(request, cloud), leg -> Response.redirect("/dialog/open?auth=true"));
  }

  /** Whose the session is needs no key: it is the cookie's. */
  private Response logout(Request request) {
    Cloud cloud = calls.cloud(request.variable("cloud"));
    sessions.named(request).ifPresent(token -> sessions.unbind(token, cloud.name()));
    return Response.json(200, Json.object("result", "ok"));
  }

  private Response logoutAll(Request request) {
    sessions
        .named(request)
        .ifPresent(token -> clouds.keySet().forEach(cloud -> sessions.unbind(token, cloud)));
    return Response.json(200, Json.object("result", "ok"));
  }

  /** {@code POST /api/pick}: a link of a public URL. */
  private Response pick(Request request) throws IOException {
    OldCalls.OldCall call =
        calls.read(request, request.query().and(request.form(FORM_LIMIT)), Call.PICK);
    String url =
        call.text("url").orElseThrow(() -> calls.error(400, "The parameter url is missing"));
    try {
      Sources.Fetched fetched = sources.fetch(request, url, Headers.EMPTY);
      call.grant().requireSize(fetched.blob().size());
      FileStore.Facts facts =
          new FileStore.Facts(
              call.app().apikey(),
              fetched.filename(),
              fetched.mimetype(),
              world.option(Options.STORE_CLIENT),
              url,
              Map.of());
      FileUrls urls = FileUrls.of(addresses, request);
      Filestack.FileLink file = files.store(facts, fetched.blob(), call.app().store(), urls);
      return Response.json(200, reads.blob(file, fetched.blob().size(), urls));
    } catch (Sources.UnreadableException e) {
      return roles.apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    }
  }
}
