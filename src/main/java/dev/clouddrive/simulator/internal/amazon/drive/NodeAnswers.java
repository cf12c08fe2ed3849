package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Nodes with what a call asks for beside the usual keys: properties, assets, temporary links. */
final class NodeAnswers {
  private final World world;
  private final Addresses addresses;

  NodeAnswers(World world, Addresses addresses) {
    this.world = world;
    this.addresses = addresses;
  }

  /** A single node, with its ETag as a header too. */
  Response of(int status, Request request, Caller caller, Node node) {
    return Response.json(status, json(request, caller, node))
        .with("ETag", "\"" + node.eTag() + "\"");
  }

  /** Which files are not processed yet (amazon-cloud-drive.md 4.4). */
  Predicate<Node> pending() {
    Duration delay = world.option(Options.PROCESSING_DELAY);
    if (delay.isZero()) {
      return node -> false;
    }
    Instant since = world.now().minus(delay);
    return node ->
        node.content() != null && node.content().version() == 1 && node.created().isAfter(since);
  }

  Map<String, @Nullable Object> json(Request request, Caller caller, Node node) {
    Map<String, @Nullable Object> json = NodeJson.of(node);
    if (node.isAvailable() && pending().test(node)) {
      json.put("status", "PENDING");
      json.remove("contentProperties");
    }
    boolean assets =
        request
            .query()
            .get("asset")
            .or(() -> request.query().get("assetMapping"))
            .orElse("")
            .equalsIgnoreCase("ALL");
    if (assets && node.content() != null) {
      json.put("assets", java.util.List.of());
    }
    if (request.query().get("fields").orElse("").contains("\"properties\"")) {
      // Only the caller's own: another app's are not for it to see.
      String owner = caller.client().name();
      Map<String, String> own = node.attributes().properties().get(owner);
      json.put("properties", own == null ? Map.of() : Map.of(owner, own));
    }
    if (node.content() != null && request.query().get("tempLink").orElse("").equals("true")) {
      json.put("tempLink", tempLink(request, caller, node));
    }
    return json;
  }

  private String tempLink(Request request, Caller caller, Node node) {
    String token =
        world.change(
            s -> {
              String value = world.ids().hex(32);
              s.tempLinks.put(
                  value,
                  new WorldState.TempLink(
                      value,
                      caller.email(),
                      node.id(),
                      world.now().plus(s.options.get(Options.TEMP_LINK_LIFE))));
              return value;
            });
    return addresses.of(request, DriveApi.OBJECT_STORE_HOST) + "/templink/" + token;
  }
}
