package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes as the drive answers them (amazon-cloud-drive.md 3.0): absent keys, never null ones. */
final class NodeJson {
  private NodeJson() {}

  static Map<String, @Nullable Object> of(Node node) {
    Map<String, @Nullable Object> json = Json.object("id", node.id(), "eTagResponse", node.eTag());
    if (node.name() != null) {
      json.put("name", node.name());
    }
    json.put("kind", node.kind().name());
    json.put("version", node.version());
    json.put("labels", node.attributes().labels());
    if (node.attributes().description() != null) {
      json.put("description", node.attributes().description());
    }
    if (!node.attributes().keywords().isEmpty()) {
      json.put("keywords", node.attributes().keywords());
    }
    json.put("createdDate", node.created());
    json.put("modifiedDate", node.modified());
    json.put("createdBy", node.createdBy());
    json.put("parents", node.parents());
    json.put("status", node.status().name());
    json.put("restricted", false);
    json.put("isShared", false);
    if (node.isRoot()) {
      json.put("isRoot", true);
    }
    if (!node.isAvailable()) {
      json.put("exclusivelyTrashed", node.trashed() == Node.Trashed.ITSELF);
      json.put("recursivelyTrashed", node.trashed() == Node.Trashed.WITH_FOLDER);
    }
    if (node.content() != null) {
      json.put("contentProperties", content(node.content()));
    }
    return json;
  }

  private static Map<String, @Nullable Object> content(Node.Content content) {
    Map<String, @Nullable Object> json =
        Json.object(
            "version",
            content.version(),
            "extension",
            content.extension(),
            "size",
            content.blob().size(),
            "md5",
            content.blob().md5(),
            "contentType",
            content.contentType());
    content.facts().contentDate().ifPresent(date -> json.put("contentDate", date));
    if (!content.facts().image().isEmpty()) {
      json.put("image", content.facts().image());
    }
    if (!content.facts().video().isEmpty()) {
      json.put("video", content.facts().video());
    }
    if (!content.facts().document().isEmpty()) {
      json.put("document", content.facts().document());
    }
    return json;
  }
}
