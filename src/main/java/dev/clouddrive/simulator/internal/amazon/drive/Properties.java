package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Node;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values that an app keeps on a node, under its own name (amazon-cloud-drive.md 3.11). */
final class Properties {
  private final DriveAccess access;
  private final Addresses addresses;
  private final NodeLimits limits;

  Properties(DriveAccess access, Addresses addresses) {
    this.access = access;
    this.addresses = addresses;
    this.limits = new NodeLimits(access.errors());
  }

  /** {@code PUT …/properties/{owner}/{key}} */
  Response put(Request request) throws IOException {
    Caller caller = access.writer(request, "putProperty");
    String owner = own(request, caller);
    String key = limits.propertyKey(request.variable("key"));
    JsonObject json = access.json(request);
    String value;
    try {
      value = limits.propertyValue(json.string("value"));
    } catch (JsonException e) {
      throw access.badJson(e);
    }
    access.change(
        caller,
        (drive, editor) -> {
          Node node = access.node(drive, request.variable("id"));
          Map<String, String> own = new LinkedHashMap<>(of(node, owner));
          own.put(key, value);
          return editor.describe(node, with(node, owner, limits.properties(own)));
        });
    return Response.json(201, property(request, owner, key, value));
  }

  /** {@code GET …/properties/{owner}/{key}} */
  Response get(Request request) {
    Caller caller = access.reader(request, "getProperty");
    String owner = own(request, caller);
    String key = request.variable("key");
    String value =
        access
            .read(
                caller,
                drive ->
                    Optional.ofNullable(
                        of(access.node(drive, request.variable("id")), owner).get(key)))
            .orElseThrow(() -> unknown(key));
    return Response.json(200, property(request, owner, key, value));
  }

  /** {@code GET …/properties/{owner}}; nothing for who isn't the owner. */
  Response list(Request request) {
    Caller caller = access.reader(request, "listProperties");
    String owner = request.variable("owner");
    boolean own = owner.equals(caller.client().name());
    Map<String, String> properties =
        access.read(caller, drive -> of(access.node(drive, request.variable("id")), owner));
    Map<String, String> shown = own ? properties : Map.of();
    return Response.json(200, Json.object("count", shown.size(), "data", shown));
  }

  /** {@code DELETE …/properties/{owner}/{key}} */
  Response delete(Request request) {
    Caller caller = access.writer(request, "deleteProperty");
    String owner = own(request, caller);
    String key = request.variable("key");
    access.change(
        caller,
        (drive, editor) -> {
          Node node = access.node(drive, request.variable("id"));
          Map<String, String> own = new LinkedHashMap<>(of(node, owner));
          if (own.remove(key) == null) {
            throw unknown(key);
          }
          return editor.describe(node, with(node, owner, own));
        });
    return Response.of(204);
  }

  private ResponseException unknown(String key) {
    return access.errors().service(404, "Property does not exist : " + key, "");
  }

  private static String own(Request request, Caller caller) {
    String owner = request.variable("owner");
    if (!owner.equals(caller.client().name())) {
      throw DriveErrors.gateway(403, "Properties of another owner are not accessible");
    }
    return owner;
  }

  private static Map<String, String> of(Node node, String owner) {
    return node.attributes().properties().getOrDefault(owner, Map.of());
  }

  private static Node.Attributes with(Node node, String owner, Map<String, String> own) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>(node.attributes().properties());
    if (own.isEmpty()) {
      all.remove(owner);
    } else {
      all.put(owner, Map.copyOf(own));
    }
    return node.attributes().withProperties(all);
  }

  private Object property(Request request, String owner, String key, String value) {
    String location =
        addresses.of(request, DriveApi.METADATA_HOST)
            + "/drive/v1/nodes/"
            + request.variable("id")
            + "/properties/"
            + PercentCoding.encode(owner)
            + "/"
            + key;
    return Json.object("key", key, "location", location, "value", value);
  }
}
