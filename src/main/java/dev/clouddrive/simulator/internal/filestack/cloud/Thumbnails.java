package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.Filestack;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The small pictures beside the files of a listing (filestack.md 2.6). Their address is our own:
 * SDKs show whatever stands there.
 */
final class Thumbnails {
  private static final int SIDE = 64;

  private final Sessions sessions;
  private final Map<String, Cloud> clouds;
  private final Addresses addresses;
  private final FilestackRoles roles;

  Thumbnails(
      Sessions sessions, Map<String, Cloud> clouds, Addresses addresses, FilestackRoles roles) {
    this.sessions = sessions;
    this.clouds = clouds;
    this.addresses = addresses;
    this.roles = roles;
  }

  /** The picture's address, or a drawing's for what is no picture. */
  String url(Request request, Filestack.Session session, Cloud cloud, Cloud.Item item) {
    if (!item.mimetype().startsWith("image/")) {
      return icon(request, item.folder() ? "folder.png" : "file.png");
    }
    return addresses.of(request, FilestackRoles.CLOUD_HOST)
        + "/thumbnail/"
        + cloud.name()
        + "/"
        + PercentCoding.encode(item.id())
        + "?"
        + Parameters.encode("token", session.token());
  }

  private String icon(Request request, String name) {
    return addresses.of(request, FilestackRoles.STATIC_HOST) + "/icons/" + name;
  }

  /** {@code GET /thumbnail/{cloud}/{id}} */
  Response thumbnail(Request request) throws IOException {
    Cloud cloud = clouds.get(request.variable("cloud"));
    Optional<String> grant =
        cloud == null
            ? Optional.empty()
            : request.query().get("token").flatMap(token -> sessions.grant(token, cloud.name()));
    if (cloud == null || grant.isEmpty()) {
      return roles.cloudError(403, "This picture is not for you");
    }
    try {
      return Response.of(
              200, "image/jpeg", cloud.thumbnail(grant.get(), request.variable("id"), SIDE))
          .with("Cache-Control", "private, max-age=300");
    } catch (Cloud.CloudException e) {
      // As of a format that Amazon makes no smaller picture of.
      return Response.redirect(icon(request, "file.png"));
    }
  }
}
