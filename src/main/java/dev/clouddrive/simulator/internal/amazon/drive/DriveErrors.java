package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.ids.IdSource;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The drive's own words for what it refuses (amazon-cloud-drive.md 4). */
final class DriveErrors {
  private final IdSource ids;

  DriveErrors(IdSource ids) {
    this.ids = ids;
  }

  /** An error of the gateway: a message alone. */
  static ResponseException gateway(int status, String message) {
    return new ResponseException(gatewayResponse(status, message));
  }

  static Response gatewayResponse(int status, String message) {
    return uncached(Response.json(status, Json.object("message", message)));
  }

  /** An error of the service, with its reference. */
  ResponseException service(int status, String message, String code) {
    return service(status, message, code, Map.of());
  }

  private ResponseException service(
      int status, String message, String code, Map<String, @Nullable Object> info) {
    Map<String, @Nullable Object> body =
        Json.object("logref", ids.uuid().toString(), "message", message, "code", code);
    if (!info.isEmpty()) {
      body.put("info", info);
    }
    return new ResponseException(uncached(Response.json(status, body)));
  }

  ResponseException badRequest(String message) {
    return service(400, message, "");
  }

  ResponseException unknownNode(String id) {
    return service(404, "Node does not exists : " + id, "");
  }

  ResponseException unknownParent() {
    return service(400, "One of the parentId doesn't exists", "");
  }

  /** The name is printed in lower case, as the service did. */
  ResponseException nameTaken(DriveEditor.NameTakenException conflict) {
    String name = conflict.existing().nameOrEmpty().toLowerCase(Locale.ROOT);
    String existing = conflict.existing().id();
    return service(
        409,
        "Node with the name "
            + name
            + " already exists under parentId "
            + conflict.parentId()
            + " conflicting NodeId: "
            + existing,
        "NAME_ALREADY_EXISTS",
        Json.object("nodeId", existing));
  }

  ResponseException duplicate(String existing) {
    return service(
        409, "Duplicate of " + existing, "MD5_DUPLICATE", Json.object("nodeId", existing));
  }

  static ResponseException insufficientPermissions(String operation) {
    return gateway(403, "Insufficient permissions granted for operation: " + operation);
  }

  /** What the service was seen to say with a status (amazon-cloud-drive.md 4.2). */
  static Response byStatus(int status) {
    return switch (status) {
      case 400 -> gatewayResponse(400, "Cannot complete upload");
      case 401 -> gatewayResponse(401, "Token has expired");
      case 403 ->
          gatewayResponse(
              403,
              "Authorization header requires 'Credential' parameter. Authorization header requires"
                  + " 'Signature' parameter. Authorization header requires 'SignedHeaders'"
                  + " parameter. Authorization header requires existence of either a 'X-Amz-Date'"
                  + " or a 'Date' header. Authorization=Bearer");
      case 408, 502, 504 -> Response.of(status);
      case 429 -> gatewayResponse(429, "Rate exceeded");
      case 500 -> gatewayResponse(500, "Internal failure");
      case 503 ->
          gatewayResponse(
              503, "System unavailable. Please back off for a while and try again later");
      default -> gatewayResponse(status, "Request failed");
    };
  }

  /** What the service says to a path that it doesn't know (amazon-cloud-drive.md 3). */
  static Response unknownOperation() {
    return Response.of(404, "application/xml", Body.of("<UnknownOperationException/>"));
  }

  private static Response uncached(Response response) {
    return response.with("Cache-Control", "no-cache").with("Pragma", "no-cache");
  }
}
