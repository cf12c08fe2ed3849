package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileNames;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Handler;
import dev.clouddrive.simulator.internal.http.HeaderText;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cloud API that the picker drives (filestack.md 2.6). */
public final class CloudApi {
  private static final int JSON_LIMIT = 256 * 1024;
  static final DateTimeFormatter MODIFIED =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final Map<String, Cloud> clouds;
  private final Security security;
  private final FileStore files;
  private final Sources sources;
  private final Sessions sessions;
  private final LoginLeg login;
  private final Thumbnails thumbnails;

  public CloudApi(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Map<String, Cloud> clouds,
      Security security,
      FileStore files,
      Sources sources) {
    this.world = world;
    this.roles = roles;
    this.applications = applications;
    this.addresses = addresses;
    this.clouds = Map.copyOf(clouds);
    this.security = security;
    this.files = files;
    this.sources = sources;
    this.sessions = new Sessions(world);
    this.login = new LoginLeg(sessions, this.clouds, addresses, roles);
    this.thumbnails = new Thumbnails(sessions, this.clouds, addresses, roles);
  }

  public List<Route> routes() {
    var role = roles.cloud();
    return List.of(
        Route.of("cloud.list", "POST", "/folder/list", role, worded(r -> each(r, this::list))),
        Route.of("cloud.store", "POST", "/store/", role, worded(r -> each(r, this::store))),
        Route.of("cloud.link", "POST", "/link/", role, worded(r -> each(r, this::link))),
        Route.of("cloud.metadata", "POST", "/metadata", role, worded(this::metadata)),
        Route.of("cloud.thumbnail", "GET", "/thumbnail/{cloud}/{id}", role, thumbnails::thumbnail),
        Route.of(
            "cloud.recording",
            "POST",
            "/recording/{kind}/{step}",
            role,
            request -> roles.cloudError(501, "Recording is not part of the simulation")),
        Route.of("cloud.logout", "POST", "/auth/logout", role, worded(this::logout)),
        Route.of("cloud.logoutSlash", "POST", "/auth/logout/", role, worded(this::logout)),
        Route.of("cloud.login", "GET", "/auth/{cloud}/open", role, login::open),
        Route.of("cloud.loginCallback", "GET", "/auth/{cloud}/callback", role, login::callback));
  }

  /** Tells what is wrong with a body's JSON. */
  private Handler worded(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (JsonException e) {
        return roles.cloudError(400, "Invalid JSON: " + e.getMessage());
      }
    };
  }

  /** One cloud of a call. */
  private record Ask(
      Request request,
      Filestack.App app,
      Grant grant,
      Filestack.Session session,
      Cloud cloud,
      JsonObject wish,
      Accepted accepted,
      @Nullable String appUrl) {

    String path() {
      return wish.optionalString("path").orElse("/");
    }
  }

  @FunctionalInterface
  private interface Answerer {
    Object answer(Ask ask, String grantId) throws Cloud.CloudException, IOException;
  }

  /** Answers for each cloud of the call, or says where to log in to it. */
  private Response each(Request request, Answerer answerer) throws IOException {
    JsonObject json = body(request);
    Filestack.App app = app(json);
    Grant grant = admit(app, json);
    Filestack.Session session = sessions.of(request, token(json), app.apikey());
    JsonObject wishes = json.object("clouds");
    Accepted accepted = new Accepted(json.strings("accept"));
    Map<String, @Nullable Object> answers = Json.object();
    int status = 200;
    for (String name : wishes.keys()) {
      Cloud cloud = clouds.get(name);
      if (cloud == null) {
        answers.put(name, roles.cloudErrorBody("The cloud " + name + " is not connected"));
        status = 400;
        continue;
      }
      Ask ask =
          new Ask(
              request,
              app,
              grant,
              session,
              cloud,
              wishes.object(name),
              accepted,
              json.optionalString("appurl").orElse(null));
      Optional<String> login = sessions.grant(session, name);
      try {
        answers.put(name, login.isEmpty() ? notLoggedIn(ask) : answerer.answer(ask, login.get()));
        if (login.isEmpty()) {
          status = Integer.parseInt(world.option(Options.CLOUD_NOT_LOGGED_IN));
        }
      } catch (Cloud.CloudException e) {
        if (e.problem() == Cloud.Problem.NOT_AUTHORIZED) {
          sessions.unbind(session.token(), name);
          answers.put(name, notLoggedIn(ask));
        } else {
          answers.put(name, roles.cloudErrorBody(words(e)));
          status = statusOf(e);
        }
      }
    }
    answers.put("token", session.token());
    return Response.json(status, answers).with("Set-Cookie", Sessions.cookie(request, session));
  }

  private static String words(Cloud.CloudException e) {
    return switch (e.problem()) {
      case NOT_FOUND -> "File not found";
      case UNAVAILABLE -> "The service is not available at the moment";
      default -> "The service refused the request";
    };
  }

  private static int statusOf(Cloud.CloudException e) {
    return switch (e.problem()) {
      case NOT_FOUND -> 404;
      case UNAVAILABLE -> 502;
      default -> 403;
    };
  }

  private Map<String, @Nullable Object> notLoggedIn(Ask ask) {
    Filestack.AuthLeg leg = sessions.begin(ask.session(), ask.cloud().name(), ask.appUrl());
    return Json.object("auth", Json.object("redirect_url", login.url(ask.request(), leg)));
  }

  /** {@code POST /folder/list} */
  private Object list(Ask ask, String grantId) throws Cloud.CloudException, IOException {
    String folder = ask.path().endsWith("/") ? ask.path() : ask.path() + "/";
    Cloud.Listing listing =
        ask.cloud().list(grantId, folder, ask.wish().optionalString("next").orElse(""));
    List<Map<String, @Nullable Object>> contents = new ArrayList<>();
    for (Cloud.Item item : listing.items()) {
      if (!item.folder() && !ask.accepted().matches(item.name(), item.mimetype())) {
        continue;
      }
      contents.add(
          Json.object(
              "name",
              item.name(),
              "path",
              folder + item.name() + (item.folder() ? "/" : ""),
              "folder",
              item.folder(),
              "mimetype",
              item.mimetype(),
              "size",
              item.folder() ? "" : humanSize(item.size()),
              "bytes",
              item.size(),
              "thumbnail",
              thumbnails.url(ask.request(), ask.session(), ask.cloud(), item),
              "modified",
              MODIFIED.format(item.modified())));
    }
    return Json.object(
        "client",
        ask.cloud().name(),
        "filename",
        folder,
        "next",
        listing.next(),
        "contents",
        contents);
  }

  /** {@code POST /store/}: copies a file. */
  private Object store(Ask ask, String grantId) throws Cloud.CloudException, IOException {
    Cloud.Item item = file(ask, grantId);
    Optional<JsonObject> wish = ask.wish().optionalObject("store");
    StoreOptions options = wish.map(StoreOptions::of).orElse(StoreOptions.NONE);
    Filestack.Storage storage = storage(ask, options);
    require(ask.grant(), item.size());
    String filename = options.filename().flatMap(FileNames::clean).orElse(item.name());
    Blob blob = Contents.copied(world, ask.cloud(), grantId, item);
    FileUrls urls = FileUrls.of(addresses, ask.request());
    Filestack.FileLink stored = files.store(facts(ask, item, filename), blob, storage, urls);
    Map<String, @Nullable Object> answer = answer(ask, stored, blob.size(), urls);
    if (!storage.isInternal()) {
      Filestack.Place place = ((Filestack.Stored) stored.source()).place();
      answer.put("key", place.key());
      answer.put("container", place.container());
    }
    return answer;
  }

  /** A place of the call's own needs {@code store} in the policy (filestack-files.md 6.3). */
  private Filestack.Storage storage(Ask ask, StoreOptions options) {
    try {
      if (options.namesPlace()) {
        ask.grant().requireCall(Call.STORE);
      }
      return Storages.choose(ask.app(), options, ask.grant());
    } catch (RefusedException e) {
      throw new ResponseException(roles.cloudRefusal());
    } catch (Storages.NoSuchPlaceException e) {
      throw new ResponseException(roles.cloudError(400, String.valueOf(e.getMessage())));
    }
  }

  private void require(Grant grant, long size) {
    try {
      grant.requireSize(size);
    } catch (RefusedException e) {
      throw new ResponseException(roles.cloudRefusal());
    }
  }

  /** {@code POST /link/}: links to a file where it is. */
  private Object link(Ask ask, String grantId) throws Cloud.CloudException, IOException {
    Cloud.Item item = file(ask, grantId);
    require(ask.grant(), item.size());
    FileUrls urls = FileUrls.of(addresses, ask.request());
    Filestack.FileLink link =
        files.link(facts(ask, item, item.name()), grantId, ask.cloud(), item, ask.path(), urls);
    return answer(ask, link, item.size(), urls);
  }

  private static Cloud.Item file(Ask ask, String grantId) throws Cloud.CloudException, IOException {
    Cloud.Item item = ask.cloud().at(grantId, ask.path());
    if (item.folder()) {
      throw new Cloud.CloudException(Cloud.Problem.NOT_FOUND, "a folder can't be picked");
    }
    return item;
  }

  private static FileStore.Facts facts(Ask ask, Cloud.Item item, String filename) {
    return new FileStore.Facts(
        ask.app().apikey(), filename, item.mimetype(), ask.cloud().displayName());
  }

  private static Map<String, @Nullable Object> answer(
      Ask ask, Filestack.FileLink file, long size, FileUrls urls) {
    return Json.object(
        "url",
        urls.cdn(file.handle()),
        "handle",
        file.handle(),
        "filename",
        file.filename(),
        "mimetype",
        file.mimetype(),
        "size",
        size,
        "client",
        ask.cloud().name());
  }

  /** {@code POST /metadata}: what is behind a link. */
  private Response metadata(Request request) throws IOException {
    JsonObject json = body(request);
    admit(app(json), json);
    Headers sent = Headers.EMPTY;
    JsonObject named = json.optionalObject("headers").orElse(null);
    if (named != null) {
      for (String name : named.keys()) {
        String value = named.string(name);
        if (!HeaderText.isSafe(name) || !HeaderText.isSafe(value)) {
          throw named.wrong(name, "no header can hold this");
        }
        sent = sent.with(name, value);
      }
    }
    try {
      Sources.Fetched fetched = sources.fetch(request, json.string("url"), sent);
      return Response.json(
          200,
          Json.object(
              "filename",
              fetched.filename(),
              "mimetype",
              fetched.mimetype(),
              "size",
              fetched.blob().size()));
    } catch (Sources.UnreadableException e) {
      return roles.cloudError(e.status(), String.valueOf(e.getMessage()));
    }
  }

  /** {@code POST /auth/logout}: of the clouds that are named, or of all. */
  private Response logout(Request request) throws IOException {
    JsonObject json = body(request);
    Filestack.App app = app(json);
    Filestack.Session session = sessions.of(request, token(json), app.apikey());
    Map<String, @Nullable Object> answers = Json.object();
    for (String name :
        json.optionalObject("clouds").map(JsonObject::keys).orElse(clouds.keySet())) {
      sessions.unbind(session.token(), name);
      answers.put(name, Json.object("status", "ok"));
    }
    return Response.json(200, answers);
  }

  private JsonObject body(Request request) throws IOException {
    return Json.parseObject(request.body().readAll(JSON_LIMIT));
  }

  private Grant admit(Filestack.App app, JsonObject json) {
    try {
      return security.admit(app, Credentials.of(json), Call.PICK);
    } catch (RefusedException e) {
      throw new ResponseException(roles.cloudRefusal());
    }
  }

  private static Optional<String> token(JsonObject json) {
    return json.optionalString("token").filter(token -> !token.isEmpty());
  }

  private Filestack.App app(JsonObject json) {
    return applications
        .byKey(json.optionalString("apikey").orElse(""))
        .orElseThrow(() -> new ResponseException(roles.cloudError(404, Applications.INVALID)));
  }

  /** Such as {@code 136 kB}: SDKs show it as it is. */
  static String humanSize(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes;
    String[] units = {"kB", "MB", "GB", "TB"};
    int unit = -1;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }
}
