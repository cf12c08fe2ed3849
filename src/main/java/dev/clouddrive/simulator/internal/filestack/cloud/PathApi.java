package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The old cloud API's export: saving a file into the user's cloud (filestack-files.md 7). */
public final class PathApi {
  private static final int FORM_LIMIT = 256 * 1024;
  private static final int MOST_RENAMES = 1_000;

  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final Map<String, Cloud> clouds;
  private final FileStore files;
  private final Events events;
  private final Sessions sessions;
  private final LoginLeg login;
  private final Security security;
  private final Sources sources;

  public PathApi(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Map<String, Cloud> clouds,
      FileStore files,
      Events events,
      Security security,
      Sources sources) {
    this.world = world;
    this.roles = roles;
    this.applications = applications;
    this.addresses = addresses;
    this.clouds = Map.copyOf(clouds);
    this.files = files;
    this.events = events;
    this.sessions = new Sessions(world);
    this.login = new LoginLeg(sessions, this.clouds, addresses, roles);
    this.security = security;
    this.sources = sources;
  }

  public List<Route> routes() {
    return List.of(
        Route.of("path.export", "POST", "/api/path/{path...}", roles.api(), this::export));
  }

  /** Where a file is to go. */
  private record Target(Cloud cloud, String folder, String filename) {}

  private Response export(Request request) throws IOException {
    Parameters form = request.form(FORM_LIMIT);
    JsonObject jsSession = jsSession(form);
    Filestack.App app = app(jsSession, form);
    Grant grant;
    try {
      grant = security.admit(app, Credentials.of(request).or(Credentials.of(form)), Call.STORE);
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    }
    Target target = target(request.variable("path"));
    Filestack.Session session =
        sessions.of(request, jsSession.optionalString("token"), app.apikey());
    Optional<String> login = sessions.grant(session, target.cloud().name());
    if (login.isEmpty()) {
      return notLoggedIn(request, session, target.cloud());
    }
    String url = form.nonEmpty("url").orElseThrow(() -> error(400, "The parameter url is missing"));
    Sources.Fetched source;
    try {
      source = sources.fetch(request, url, Headers.EMPTY);
      grant.requireSize(source.blob().size());
    } catch (Sources.UnreadableException e) {
      return roles.apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    }
    Target named = withExtension(target, source.filename());
    String mimetype = form.nonEmpty("mimetype").orElse(source.mimetype());
    try {
      Cloud.Item saved = save(login.get(), named, mimetype, source.blob());
      return saved(request, app, login.get(), named, saved, url);
    } catch (Cloud.CloudException e) {
      if (e.problem() == Cloud.Problem.NOT_AUTHORIZED) {
        sessions.unbind(session.token(), target.cloud().name());
        return notLoggedIn(request, session, target.cloud());
      }
      return refused(e);
    }
  }

  private Response notLoggedIn(Request request, Filestack.Session session, Cloud cloud) {
    Filestack.AuthLeg leg = sessions.begin(session, cloud.name(), null);
    return Response.json(
            200, Json.object("auth", Json.object("redirect_url", login.url(request, leg))))
        .with("Set-Cookie", Sessions.cookie(request, session));
  }

  private Response refused(Cloud.CloudException e) {
    return switch (e.problem()) {
      case NOT_FOUND -> roles.apiError(404, "Folder not found");
      case NAME_TAKEN -> roles.apiError(409, "A file with this name exists already");
      case UNAVAILABLE -> roles.apiError(502, "The service is not available at the moment");
      default -> roles.apiError(403, "The service refused the request");
    };
  }

  private Cloud.Item save(String grantId, Target target, String mimetype, Blob blob)
      throws Cloud.CloudException, IOException {
    Cloud cloud = target.cloud();
    Cloud.Item folder = cloud.at(grantId, target.folder());
    if (!folder.folder()) {
      throw new Cloud.CloudException(Cloud.Problem.NOT_FOUND, "not a folder");
    }
    String name = target.filename();
    for (int i = 1; i <= MOST_RENAMES; i++) {
      try {
        return cloud.upload(grantId, folder.id(), name, mimetype, blob.body());
      } catch (Cloud.CloudException e) {
        String onConflict = world.option(Options.EXPORT_ON_CONFLICT);
        boolean nameTaken = e.problem() == Cloud.Problem.NAME_TAKEN;
        if (!nameTaken || onConflict.equals("fail")) {
          throw e;
        }
        if (onConflict.equals("overwrite")) {
          return cloud.overwrite(
              grantId, e.existingId().orElseThrow(() -> e), mimetype, blob.body());
        }
        name = numbered(target.filename(), i);
      }
    }
    throw new Cloud.CloudException(Cloud.Problem.NAME_TAKEN, "no free name was found");
  }

  /** {@code newFile.jpg} becomes {@code newFile (1).jpg}. */
  private static String numbered(String filename, int number) {
    int dot = filename.lastIndexOf('.');
    return dot <= 0
        ? filename + " (" + number + ")"
        : filename.substring(0, dot) + " (" + number + ")" + filename.substring(dot);
  }

  private Response saved(
      Request request,
      Filestack.App app,
      String grantId,
      Target target,
      Cloud.Item saved,
      String url) {
    Cloud cloud = target.cloud();
    FileUrls urls = FileUrls.of(addresses, request);
    String folder = target.folder().endsWith("/") ? target.folder() : target.folder() + "/";
    Filestack.FileLink link =
        files.linkSilently(
            new FileStore.Facts(app.apikey(), saved.name(), saved.mimetype(), cloud.displayName()),
            grantId,
            cloud,
            saved,
            folder + saved.name());
    events.exported(app.apikey(), url, cloud.displayName(), saved.name(), urls.of(link.handle()));
    return Response.json(
        200,
        Json.object(
            "url",
            urls.of(link.handle()).in(world.read(state -> state.options)),
            "filename",
            saved.name(),
            "type",
            saved.mimetype(),
            "size",
            saved.size(),
            "client",
            cloud.displayName(),
            "writeable",
            true));
  }

  /** A name without an extension gets the source's. */
  private static Target withExtension(Target target, String sourceName) {
    String extension = MediaTypes.extensionOf(sourceName);
    return MediaTypes.extensionOf(target.filename()).isEmpty() && !extension.isEmpty()
        ? new Target(target.cloud(), target.folder(), target.filename() + "." + extension)
        : target;
  }

  private Target target(String rawPath) {
    List<String> names = new ArrayList<>();
    for (String segment : rawPath.split("/")) {
      if (!segment.isEmpty()) {
        names.add(PercentCoding.decode(segment));
      }
    }
    Cloud cloud =
        names.isEmpty()
            ? null
            : clouds.values().stream()
                .filter(c -> c.root().equalsIgnoreCase(names.get(0)))
                .findFirst()
                .orElse(null);
    if (cloud == null) {
      throw error(404, "Unknown service");
    }
    if (names.size() < 2 || names.get(names.size() - 1).contains("/")) {
      throw error(400, "The path names no file");
    }
    String folder = "/" + String.join("/", names.subList(1, names.size() - 1));
    return new Target(cloud, folder, names.get(names.size() - 1));
  }

  private JsonObject jsSession(Parameters form) {
    try {
      return Json.parseObject(form.nonEmpty("js_session").orElse("{}"));
    } catch (JsonException e) {
      throw error(400, "The parameter js_session is not JSON");
    }
  }

  /** Both shapes of {@code js_session} name the key, and some clients send it as a field. */
  private Filestack.App app(JsonObject jsSession, Parameters form) {
    String key =
        jsSession
            .optionalString("apikey")
            .or(() -> jsSession.optionalObject("app").flatMap(a -> a.optionalString("apikey")))
            .or(() -> form.get("key"))
            .orElse("");
    return applications
        .byKey(key)
        .orElseThrow(() -> new ResponseException(roles.invalidApplication()));
  }

  private ResponseException error(int status, String text) {
    return new ResponseException(roles.apiError(status, text));
  }
}
