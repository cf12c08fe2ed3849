package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Html;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.world.Filestack;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The OAuth leg between the picker and a cloud's login (filestack.md 2.6). */
final class LoginLeg {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
      body{margin:0;background:Canvas;color:CanvasText;display:grid;place-items:center;min-height:100vh}
      main{width:min(22rem,90vw);padding:1.5rem;border:1px solid #8886;border-radius:.75rem}
      h1{font-size:1.25rem}
      .note{margin:0;padding:.25rem .5rem;background:#8882;border-radius:.375rem;font-size:.875rem}
      """;

  private final Sessions sessions;
  private final Map<String, Cloud> clouds;
  private final Addresses addresses;
  private final FilestackRoles roles;

  LoginLeg(
      Sessions sessions, Map<String, Cloud> clouds, Addresses addresses, FilestackRoles roles) {
    this.sessions = sessions;
    this.clouds = clouds;
    this.addresses = addresses;
    this.roles = roles;
  }

  /** Where the user begins. */
  String url(Request request, Filestack.AuthLeg leg) {
    return addresses.of(request, FilestackRoles.CLOUD_HOST)
        + "/auth/"
        + leg.cloud()
        + "/open?state="
        + leg.state();
  }

  /** {@code GET /auth/{cloud}/open}: on to the cloud's own login. */
  Response open(Request request) {
    Leg leg = leg(request);
    return onward(request, leg.cloud(), leg.leg(), callbackUrl(request, leg.cloud()));
  }

  /** To the cloud's own login, from which the user comes back to the URL that is named. */
  Response onward(Request request, Cloud cloud, Filestack.AuthLeg leg, String callbackUrl) {
    return Response.redirect(
        cloud.loginUrl(addresses.of(request, cloud.loginHost()), callbackUrl, leg.state()));
  }

  private record Leg(Cloud cloud, Filestack.AuthLeg leg) {}

  private Leg leg(Request request) {
    String name = request.variable("cloud");
    Cloud cloud = clouds.get(name);
    Optional<Filestack.AuthLeg> leg =
        sessions.leg(request.query().get("state").orElse("")).filter(l -> l.cloud().equals(name));
    if (cloud == null || leg.isEmpty()) {
      throw new ResponseException(
          roles.cloudError(404, "This login is unknown; open the picker again"));
    }
    return new Leg(cloud, leg.get());
  }

  private String callbackUrl(Request request, Cloud cloud) {
    return addresses.of(request, FilestackRoles.CLOUD_HOST) + "/auth/" + cloud.name() + "/callback";
  }

  /** {@code GET /auth/{cloud}/callback}: back from the cloud's login. */
  Response callback(Request request) throws IOException {
    return callback(
        request,
        callbackUrl(request, leg(request).cloud()),
        leg -> {
          String appUrl = leg.appUrl();
          return appUrl == null
              ? page(
                  "Authentication succeeded", "You may close this tab and go back to the picker.")
              : Response.redirect(appUrl.replace("fs-tab=init", "fs-tab=" + leg.cloud()));
        });
  }

  /**
   * Exchanges what the cloud's login gave for access, and binds that to the session.
   *
   * @param callbackUrl the URL that the login was asked to come back to
   * @param success where the user goes on
   */
  Response callback(
      Request request, String callbackUrl, Function<Filestack.AuthLeg, Response> success)
      throws IOException {
    Leg leg = leg(request);
    Optional<String> code = request.query().nonEmpty("code");
    if (code.isEmpty()) {
      String why =
          request
              .query()
              .get("error_description")
              .or(() -> request.query().get("error"))
              .orElse("no code came back");
      return page("Authentication failed", why);
    }
    try {
      String grantId = leg.cloud().connect(code.get(), callbackUrl);
      sessions.bind(leg.leg().sessionToken(), leg.cloud().name(), grantId);
    } catch (Cloud.CloudException e) {
      return page("Authentication failed", String.valueOf(e.getMessage()));
    }
    return success.apply(leg.leg());
  }

  /** A page that only says something. */
  static Response page(String title, String text) {
    return Response.html(
            200,
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>%1$s (simulation)</title>
            <style>%3$s</style>
            </head>
            <body>
            <main>
            <p class="note">This is a simulation of Filestack.</p>
            <h1>%1$s</h1>
            <p>%2$s</p>
            </main>
            </body>
            </html>
            """
                .formatted(Html.escape(title), Html.escape(text), STYLE))
        .with("Cache-Control", "no-store")
        .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  }
}
