package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for when it makes a node (amazon-cloud-drive.md 3.4, 3.5).
 *
 * @param parents empty means the root
 */
record NewNode(
    String name, List<String> parents, List<String> labels, @Nullable String description) {

  /** amazon-cloud-drive.md 3.13. */
  private static final int LONGEST_NAME = 256;

  private static final int LONGEST_DESCRIPTION = 500;
  private static final int MOST_LABELS = 10;

  /**
   * @throws JsonException if a value has another type
   */
  static NewNode of(JsonObject json, DriveErrors errors) {
    String name = json.string("name");
    if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw errors.badRequest("name must be between 1 and " + LONGEST_NAME + " characters");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw errors.badRequest("name must not contain / or NUL");
    }
    List<String> labels = json.strings("labels");
    if (labels.size() > MOST_LABELS
        || labels.stream().anyMatch(label -> label.length() > LONGEST_NAME)) {
      throw errors.badRequest("at most 10 labels of 256 characters each");
    }
    String description = json.optionalString("description").orElse(null);
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      throw errors.badRequest("description must be at most 500 characters");
    }
    return new NewNode(name, json.strings("parents"), labels, description);
  }

  /** The parents' ids, each an available folder. */
  List<String> parentsIn(Drive drive, DriveErrors errors) {
    if (parents.isEmpty()) {
      return List.of(drive.rootId());
    }
    for (String parent : parents) {
      Node folder = drive.get(parent).orElseThrow(errors::unknownParent);
      if (!folder.isFolder() || folder.status() != Node.Status.AVAILABLE) {
        throw errors.unknownParent();
      }
    }
    return parents;
  }

  DriveEditor.Details details(Caller caller) {
    return new DriveEditor.Details(caller.client().name(), labels, description);
  }
}
