package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks for when it makes a node (amazon-cloud-drive.md 3.4, 3.5).
 *
 * @param parents empty means the root
 */
record NewNode(String name, List<String> parents, Node.Attributes attributes) {

  /**
   * @throws JsonException if a value has another type
   */
  static NewNode of(JsonObject json, DriveErrors errors) {
    NodeLimits limits = new NodeLimits(errors);
    Map<String, Map<String, String>> properties = new LinkedHashMap<>();
    json.optionalObject("properties")
        .ifPresent(
            owners -> {
              for (String owner : owners.keys()) {
                properties.put(owner, limits.properties(owners.object(owner)));
              }
            });
    Node.Attributes attributes =
        new Node.Attributes(
            limits.labels(json.strings("labels")),
            json.optionalString("description").map(limits::description).orElse(null),
            json.strings("keywords"),
            properties);
    return new NewNode(limits.name(json.string("name")), json.strings("parents"), attributes);
  }

  /** The parents' ids, each an available folder. */
  List<String> parentsIn(Drive drive, DriveAccess access) {
    if (parents.isEmpty()) {
      return List.of(drive.rootId());
    }
    parents.forEach(parent -> access.parent(drive, parent));
    return parents.stream().distinct().toList();
  }
}
