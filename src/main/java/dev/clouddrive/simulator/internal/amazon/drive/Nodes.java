package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single nodes: get, create, patch, parents, trash (amazon-cloud-drive.md 3.3, 3.4, 3.8, 3.9). */
final class Nodes {
  private final DriveAccess access;
  private final NodeAnswers answers;
  private final Addresses addresses;
  private final NodeLimits limits;

  Nodes(DriveAccess access, NodeAnswers answers, Addresses addresses) {
    this.access = access;
    this.answers = answers;
    this.addresses = addresses;
    this.limits = new NodeLimits(access.errors());
  }

  /** {@code GET nodes/{id}} */
  Response get(Request request) {
    Caller caller = access.reader(request, "getNode");
    Node node = access.read(caller, drive -> access.node(drive, request.variable("id")));
    return answers.of(200, request, caller, node);
  }

  /** {@code POST nodes} makes a folder. */
  Response createFolder(Request request) throws IOException {
    Caller caller = access.writer(request, "createNode");
    NewNode asked = newFolder(access.json(request));
    Node node =
        access.change(
            caller,
            (drive, editor) -> {
              List<String> parents = asked.parentsIn(drive, access);
              return access.createOnce(
                  request,
                  drive,
                  () ->
                      editor.createFolder(
                          parents, asked.name(), caller.client().name(), asked.attributes()));
            });
    return answers
        .of(201, request, caller, node)
        .with(
            "Location",
            addresses.of(request, DriveApi.METADATA_HOST) + "/drive/v1/nodes/" + node.id());
  }

  private NewNode newFolder(JsonObject json) {
    try {
      if (!json.string("kind").equals("FOLDER")) {
        throw access.errors().badRequest("kind must be FOLDER here");
      }
      return NewNode.of(json, access.errors());
    } catch (JsonException e) {
      throw access.badJson(e);
    }
  }

  /**
   * {@code PATCH nodes/{id}}: any of name, labels, description, keywords, parents, properties,
   * status.
   */
  Response patch(Request request) throws IOException {
    Caller caller = access.writer(request, "patchNode");
    JsonObject json = access.json(request);
    if (json.has("contentProperties")) {
      throw DriveErrors.gateway(403, "contentProperties can not be changed");
    }
    Node changed =
        access.change(
            caller,
            (drive, editor) -> {
              Node node = access.node(drive, request.variable("id"));
              try {
                return patched(json, node, drive, editor);
              } catch (JsonException e) {
                throw access.badJson(e);
              }
            });
    return answers.of(200, request, caller, changed);
  }

  /** Everything is checked before anything is changed. */
  private Node patched(JsonObject json, Node node, Drive drive, DriveEditor editor) {
    Optional<String> name = json.optionalString("name").map(limits::name);
    if (name.isPresent() && node.isRoot()) {
      throw DriveErrors.gateway(403, "The root can not be renamed");
    }
    boolean moves = json.has("parents");
    List<String> parents = json.strings("parents");
    if (moves) {
      parents.forEach(parent -> requireParent(drive, editor, parent, node));
    }
    Node.Attributes attributes = attributes(json, node.attributes());
    Node changed = node;
    if (name.isPresent() && !name.get().equals(node.name())) {
      changed = editor.rename(changed, name.get());
    }
    if (moves) {
      changed = editor.place(changed, parents);
    }
    return attributes.equals(node.attributes()) && changed != node
        ? changed
        : editor.describe(changed, attributes);
  }

  private Node.Attributes attributes(JsonObject json, Node.Attributes before) {
    Map<String, Map<String, String>> properties = new LinkedHashMap<>(before.properties());
    json.optionalObject("properties")
        .ifPresent(
            owners -> {
              for (String owner : owners.keys()) {
                properties.put(owner, limits.properties(owners.object(owner)));
              }
            });
    return new Node.Attributes(
        json.has("labels") ? limits.labels(json.strings("labels")) : before.labels(),
        json.optionalString("description").map(limits::description).orElse(before.description()),
        json.has("keywords") ? json.strings("keywords") : before.keywords(),
        properties);
  }

  /** {@code DELETE nodes/{id}} is not for third-party apps. */
  Response purge(Request request) {
    access.writer(request, "purgeNode");
    throw DriveErrors.insufficientPermissions("purgeNode");
  }

  /** {@code PUT nodes/{parentId}/children/{childId}} adds a parent. */
  Response addChild(Request request) {
    Caller caller = access.writer(request, "addChild");
    String parentId = request.variable("id");
    Node child =
        access.change(
            caller,
            (drive, editor) -> {
              Node node = access.node(drive, request.variable("childId"));
              requireParent(drive, editor, parentId, node);
              List<String> parents = new ArrayList<>(node.parents());
              if (!parents.contains(parentId)) {
                parents.add(parentId);
              }
              return editor.place(node, parents);
            });
    return answers.of(200, request, caller, child);
  }

  /** {@code DELETE nodes/{parentId}/children/{childId}} removes a parent. */
  Response removeChild(Request request) {
    Caller caller = access.writer(request, "removeChild");
    Node child =
        access.change(
            caller,
            (drive, editor) -> {
              Node node = access.node(drive, request.variable("childId"));
              List<String> parents = new ArrayList<>(node.parents());
              if (!parents.remove(request.variable("id"))) {
                throw access.errors().unknownNode(request.variable("id"));
              }
              return editor.place(node, parents.isEmpty() ? orphanParents(drive) : parents);
            });
    return answers.of(200, request, caller, child);
  }

  private List<String> orphanParents(Drive drive) {
    boolean toRoot = access.world().option(Options.ORPHANS).equals("root");
    return toRoot ? List.of(drive.rootId()) : List.of();
  }

  /** {@code POST nodes/{toParentId}/children} moves from one parent to another. */
  Response move(Request request) throws IOException {
    Caller caller = access.writer(request, "moveNode");
    JsonObject json = access.json(request);
    String from;
    String childId;
    try {
      from = json.string("fromParent");
      childId = json.string("childId");
    } catch (JsonException e) {
      throw access.badJson(e);
    }
    String to = request.variable("id");
    Node moved =
        access.change(
            caller,
            (drive, editor) -> {
              Node node = access.node(drive, childId);
              if (!node.isAvailable()) {
                throw access.errors().badRequest("A node in the trash can not be moved");
              }
              requireParent(drive, editor, to, node);
              List<String> parents = new ArrayList<>(node.parents());
              if (!parents.remove(from)) {
                throw access.errors().unknownParent();
              }
              if (!parents.contains(to)) {
                parents.add(to);
              }
              return editor.place(node, parents);
            });
    return answers.of(200, request, caller, moved);
  }

  /** A folder can't be put under itself. */
  private void requireParent(Drive drive, DriveEditor editor, String parentId, Node child) {
    access.parent(drive, parentId);
    if (child.isRoot() || editor.isUnder(parentId, child.id())) {
      throw access.errors().badRequest("A node can not be a child of itself");
    }
  }

  /** {@code PUT trash/{id}} */
  Response trash(Request request) {
    Caller caller = access.writer(request, "trashNode");
    Node trashed =
        access.change(
            caller,
            (drive, editor) -> {
              Node node = access.node(drive, request.variable("id"));
              if (node.isRoot()) {
                throw DriveErrors.gateway(403, "The root can not be trashed");
              }
              return editor.trash(node);
            });
    return answers.of(200, request, caller, trashed);
  }

  /** {@code POST trash/{id}/restore} */
  Response restore(Request request) {
    Caller caller = access.writer(request, "restoreNode");
    Node restored =
        access.change(
            caller,
            (drive, editor) -> {
              Node node = access.node(drive, request.variable("id"));
              return node.isAvailable() ? node : editor.restore(node);
            });
    return answers.of(200, request, caller, restored);
  }
}
