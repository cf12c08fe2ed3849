package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Filestack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every call of the old cloud API says: who, for whom, and which path (filestack.md 2.5). */
final class OldCalls {
  private final FilestackRoles roles;
  private final Applications applications;
  private final Security security;
  private final Map<String, Cloud> clouds;
  private final Sessions sessions;
  private final LoginLeg login;

  OldCalls(
      FilestackRoles roles,
      Applications applications,
      Security security,
      Map<String, Cloud> clouds,
      Sessions sessions,
      LoginLeg login) {
    this.roles = roles;
    this.applications = applications;
    this.security = security;
    this.clouds = Map.copyOf(clouds);
    this.sessions = sessions;
    this.login = login;
  }

  /**
   * A call that may be made.
   *
   * @param jsSession the parameter {@code js_session}, of either version
   * @param parameters the query's and the form's
   */
  record OldCall(
      Request request,
      Parameters parameters,
      JsonObject jsSession,
      Filestack.App app,
      Grant grant,
      Filestack.Session session) {

    /** A text of the parameters, or of {@code js_session}. */
    Optional<String> text(String name) {
      return parameters
          .nonEmpty(name)
          .or(
              () ->
                  jsSession.value(name) instanceof String text && !text.isEmpty()
                      ? Optional.of(text)
                      : Optional.empty());
    }
  }

  /**
   * Reads a call.
   *
   * @throws ResponseException if it may not be made
   */
  OldCall read(Request request, Parameters parameters, Call... calls) {
    JsonObject jsSession = jsSession(parameters);
    Filestack.App app = app(jsSession, parameters);
    try {
      Credentials credentials =
          Credentials.of(request).or(Credentials.of(parameters)).or(Credentials.of(jsSession));
      // Whoever asks for nothing of the application's needs no policy, as when logging in.
      Grant grant = calls.length == 0 ? Grant.ALL : security.admit(app, credentials, calls);
      Filestack.Session session =
          sessions.of(request, jsSession.optionalString("token"), app.apikey());
      return new OldCall(request, parameters, jsSession, app, grant, session);
    } catch (RefusedException e) {
      throw new ResponseException(roles.apiRefusal(e));
    }
  }

  private JsonObject jsSession(Parameters parameters) {
    try {
      return Json.parseObject(parameters.nonEmpty("js_session").orElse("{}"));
    } catch (JsonException e) {
      throw error(400, "The parameter js_session is not JSON");
    }
  }

  /** Both shapes of {@code js_session} name the key, and some clients send it as a field. */
  private Filestack.App app(JsonObject jsSession, Parameters parameters) {
    String key =
        jsSession
            .optionalString("apikey")
            .or(() -> jsSession.optionalObject("app").flatMap(a -> a.optionalString("apikey")))
            .or(() -> parameters.get("key"))
            .orElse("");
    return applications
        .byKey(key)
        .orElseThrow(() -> new ResponseException(roles.invalidApplication()));
  }

  /**
   * A path of {@code /api/path}.
   *
   * @param path in the cloud, such as {@code /Pictures/beach.jpg}, without a slash at its end but
   *     for the root's
   */
  record Place(Cloud cloud, String path) {}

  Place place(String rawPath) {
    List<String> names = new ArrayList<>();
    for (String segment : rawPath.split("/")) {
      if (!segment.isEmpty()) {
        names.add(PercentCoding.decode(segment));
      }
    }
    Cloud cloud = names.isEmpty() ? null : byRoot(names.get(0)).orElse(null);
    if (cloud == null) {
      throw error(404, "Unknown service");
    }
    if (names.stream().anyMatch(name -> name.contains("/"))) {
      throw error(400, "A name has no slash in it");
    }
    return new Place(cloud, "/" + String.join("/", names.subList(1, names.size())));
  }

  private Optional<Cloud> byRoot(String root) {
    return clouds.values().stream().filter(c -> c.root().equalsIgnoreCase(root)).findFirst();
  }

  /** A cloud by its name in lower case. */
  Cloud cloud(String name) {
    return Optional.ofNullable(clouds.get(name)).orElseThrow(() -> error(404, "Unknown service"));
  }

  @FunctionalInterface
  interface Answerer {
    Response answer(String grantId) throws Cloud.CloudException, IOException;
  }

  /**
   * Answers with the user's access to a cloud, or says where to log in to it.
   *
   * @param missing what is told of a path that is not there
   */
  Response answer(OldCall call, Cloud cloud, String missing, Answerer answerer) throws IOException {
    Optional<String> grant = sessions.grant(call.session(), cloud.name());
    if (grant.isEmpty()) {
      return notLoggedIn(call, cloud);
    }
    try {
      return answerer.answer(grant.get());
    } catch (Cloud.CloudException e) {
      if (e.problem() == Cloud.Problem.NOT_AUTHORIZED) {
        sessions.unbind(call.session().token(), cloud.name());
        return notLoggedIn(call, cloud);
      }
      return refused(e, missing);
    }
  }

  private Response notLoggedIn(OldCall call, Cloud cloud) {
    Filestack.AuthLeg leg = sessions.begin(call.session(), cloud.name(), null);
    return Response.json(
            200, Json.object("auth", Json.object("redirect_url", login.url(call.request(), leg))))
        .with("Set-Cookie", Sessions.cookie(call.request(), call.session()));
  }

  private Response refused(Cloud.CloudException e, String missing) {
    return switch (e.problem()) {
      case NOT_FOUND -> roles.apiError(404, missing);
      case NAME_TAKEN -> roles.apiError(409, "A file with this name exists already");
      case UNAVAILABLE -> roles.apiError(502, "The service is not available at the moment");
      default -> roles.apiError(403, "The service refused the request");
    };
  }

  ResponseException error(int status, String text) {
    return new ResponseException(roles.apiError(status, text));
  }
}
