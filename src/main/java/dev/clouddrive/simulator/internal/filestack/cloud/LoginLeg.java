package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Html;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.Filestack;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The OAuth leg between the picker and a cloud's login (filestack.md 2.6). */
final class LoginLeg {
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
    String name = request.variable("cloud");
    Cloud cloud = clouds.get(name);
    Optional<Filestack.AuthLeg> leg =
        sessions.leg(request.query().get("state").orElse("")).filter(l -> l.cloud().equals(name));
    if (cloud == null || leg.isEmpty()) {
      return roles.cloudError(404, "This login is unknown; open the picker again");
    }
    return Response.redirect(
        cloud.loginUrl(
            addresses.of(request, cloud.loginHost()),
            callbackUrl(request, name),
            leg.get().state()));
  }

  private String callbackUrl(Request request, String cloud) {
    return addresses.of(request, FilestackRoles.CLOUD_HOST) + "/auth/" + cloud + "/callback";
  }

  /** {@code GET /auth/{cloud}/callback}: back from the cloud's login. */
  Response callback(Request request) throws IOException {
    String name = request.variable("cloud");
    Cloud cloud = clouds.get(name);
    Optional<Filestack.AuthLeg> leg =
        sessions.leg(request.query().get("state").orElse("")).filter(l -> l.cloud().equals(name));
    if (cloud == null || leg.isEmpty()) {
      return roles.cloudError(404, "This login is unknown; open the picker again");
    }
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
      String grantId = cloud.connect(code.get(), callbackUrl(request, name));
      sessions.bind(leg.get().sessionToken(), name, grantId);
    } catch (Cloud.CloudException e) {
      return page("Authentication failed", String.valueOf(e.getMessage()));
    }
    String appUrl = leg.get().appUrl();
    return appUrl == null
        ? page("Authentication succeeded", "You may close this tab and go back to the picker.")
        : Response.redirect(appUrl.replace("fs-tab=init", "fs-tab=" + name));
  }

  private static Response page(String title, String text) {
    return Response.html(
        200,
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>%1$s</title>
        <h1>%1$s</h1>
        <p>%2$s</p>
        </html>
        """
            .formatted(Html.escape(title), Html.escape(text)));
  }
}
