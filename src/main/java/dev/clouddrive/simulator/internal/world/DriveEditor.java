package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.ids.IdSource;
import dev.clouddrive.simulator.internal.media.MediaFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes a drive by the service's rules: names are unique among the available children of a parent
 * without regard to case, each change counts the node's version up and gives it a new ETag, and a
 * changed child changes its parents too (amazon-cloud-drive.md 3.0). Used under the world's lock.
 */
public final class DriveEditor {

  /** {@code createdBy} of what the customer makes without an app (amazon-cloud-drive.md 3.0). */
  public static final String OWN_APP = "CloudDriveFiles";

  /** A parent has an available child of that name already. */
  public static final class NameTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Node existing;
    private final String parentId;

    NameTakenException(Node existing, String parentId) {
      super("the name is taken: " + existing.nameOrEmpty());
      this.existing = existing;
      this.parentId = parentId;
    }

    public Node existing() {
      return existing;
    }

    public String parentId() {
      return parentId;
    }
  }

  private final Drive drive;
  private final IdSource ids;
  private final Instant now;

  public DriveEditor(Drive drive, IdSource ids, Instant now) {
    this.drive = drive;
    this.ids = ids;
    this.now = now;
  }

  /** An empty drive: its root alone. */
  public static Drive newDrive(IdSource ids, Instant now) {
    return new Drive(
        new Node(
            ids.nodeId(),
            Node.Kind.FOLDER,
            null,
            List.of(),
            Node.Trashed.NO,
            1,
            ids.eTag(),
            now,
            now,
            "CloudDriveWeb",
            Node.Attributes.NONE,
            null,
            0));
  }

  /**
   * @throws NameTakenException if a parent has a child of that name
   */
  public Node createFolder(
      List<String> parents, String name, String createdBy, Node.Attributes attributes) {
    return create(Node.Kind.FOLDER, parents, name, createdBy, attributes, null);
  }

  /**
   * @throws NameTakenException if a parent has a child of that name
   */
  public Node createFile(
      List<String> parents, String name, String createdBy, Node.Attributes attributes, Blob blob) {
    return create(Node.Kind.FILE, parents, name, createdBy, attributes, contentOf(name, blob, 1));
  }

  /** Replaces a file's content; id and name stay. */
  public Node overwrite(Node file, Blob blob) {
    long version = file.content() == null ? 1 : file.content().version() + 1;
    return save(file.withContent(contentOf(file.nameOrEmpty(), blob, version)));
  }

  /**
   * Gives a node another name, under all of its parents. In the trash names are not compared.
   *
   * @throws NameTakenException if a parent has another child of that name
   */
  public Node rename(Node node, String name) {
    if (node.isAvailable()) {
      node.parents().forEach(parent -> requireFree(parent, name, node.id()));
    }
    Node renamed = node.withName(name);
    Node.Content content = node.content();
    return save(
        content == null
            ? renamed
            : renamed.withContent(contentOf(name, content.blob(), content.version())));
  }

  public Node describe(Node node, Node.Attributes attributes) {
    return save(node.withAttributes(attributes));
  }

  /**
   * Puts a node under these parents and no others.
   *
   * @throws NameTakenException if one has another child of its name
   */
  public Node place(Node node, List<String> parents) {
    if (node.isAvailable()) {
      for (String parent : parents) {
        requireFree(parent, node.nameOrEmpty(), node.id());
      }
    }
    List<String> before = node.parents();
    Node placed = save(node.withParents(parents));
    touch(before.stream().filter(parent -> !parents.contains(parent)).toList());
    return placed;
  }

  /** Puts a node and what is under it alone into the trash. */
  public Node trash(Node node) {
    if (node.trashed() == Node.Trashed.ITSELF) {
      return node;
    }
    Node trashed = save(node.withTrashed(Node.Trashed.ITSELF));
    trashChildren(node.id());
    return trashed;
  }

  private void trashChildren(String folderId) {
    for (String id : drive.childIds(folderId)) {
      Node child = drive.get(id).orElseThrow();
      boolean elsewhere =
          child.parents().stream()
              .anyMatch(
                  p -> !p.equals(folderId) && drive.get(p).filter(Node::isAvailable).isPresent());
      if (child.isAvailable() && !elsewhere) {
        drive.put(next(child.withTrashed(Node.Trashed.WITH_FOLDER)));
        trashChildren(child.id());
      }
    }
  }

  /**
   * Takes a node out of the trash, with what went there with it.
   *
   * @throws NameTakenException if a parent has a child of its name by now
   */
  public Node restore(Node node) {
    for (String parent : node.parents()) {
      requireFree(parent, node.nameOrEmpty(), node.id());
    }
    Node restored = save(node.withTrashed(Node.Trashed.NO));
    restoreChildren(node.id());
    return restored;
  }

  private void restoreChildren(String folderId) {
    for (String id : drive.childIds(folderId)) {
      Node child = drive.get(id).orElseThrow();
      if (child.trashed() == Node.Trashed.WITH_FOLDER) {
        drive.put(next(child.withTrashed(Node.Trashed.NO)));
        restoreChildren(id);
      }
    }
  }

  /** Whether a folder is the other node or somewhere under it. */
  public boolean isUnder(String folderId, String ancestorId) {
    List<String> level = List.of(folderId);
    // A drive has no cycles; the bound is for a world file that has.
    for (int depth = 0; depth < 10_000 && !level.isEmpty(); depth++) {
      if (level.contains(ancestorId)) {
        return true;
      }
      level =
          level.stream()
              .flatMap(id -> drive.get(id).stream())
              .flatMap(node -> node.parents().stream())
              .distinct()
              .toList();
    }
    return false;
  }

  /** Puts a file at a path, with the folders on the way; one that is there is overwritten. */
  public Node putFile(String path, Blob blob) {
    List<String> names = Drive.names(path);
    Node parent = folderAt(names.subList(0, names.size() - 1));
    String name = names.get(names.size() - 1);
    Optional<Node> existing = drive.child(parent.id(), name);
    if (existing.isPresent() && existing.get().isFolder()) {
      throw new NameTakenException(existing.get(), parent.id());
    }
    return existing
        .map(file -> overwrite(file, blob))
        .orElseGet(
            () -> createFile(List.of(parent.id()), name, OWN_APP, Node.Attributes.NONE, blob));
  }

  /** The folder at a path, made as far as it is missing. */
  public Node putFolder(String path) {
    return folderAt(Drive.names(path));
  }

  /** Removes a node for good, and what is under it alone. */
  public void purge(Node node) {
    removeTree(node);
    touch(node.parents());
  }

  private void removeTree(Node node) {
    for (String id : drive.childIds(node.id())) {
      // A child of several parents may have changed with one that came before.
      Optional<Node> present = drive.get(id).filter(n -> n.parents().contains(node.id()));
      if (present.isEmpty()) {
        continue;
      }
      Node child = present.get();
      List<String> others = new ArrayList<>(child.parents());
      others.remove(node.id());
      if (others.isEmpty()) {
        removeTree(child);
      } else {
        drive.put(next(child.withParents(others)));
      }
    }
    drive.remove(node.id());
  }

  private Node folderAt(List<String> names) {
    Node folder = drive.root();
    for (String name : names) {
      Node parent = folder;
      folder =
          drive
              .child(parent.id(), name)
              .orElseGet(
                  () -> createFolder(List.of(parent.id()), name, OWN_APP, Node.Attributes.NONE));
      if (!folder.isFolder()) {
        throw new NameTakenException(folder, parent.id());
      }
    }
    return folder;
  }

  private Node create(
      Node.Kind kind,
      List<String> parents,
      String name,
      String createdBy,
      Node.Attributes attributes,
      Node.@Nullable Content content) {
    for (String parent : parents) {
      requireFree(parent, name, "");
    }
    Node node =
        new Node(
            ids.nodeId(),
            kind,
            name,
            parents,
            Node.Trashed.NO,
            1,
            ids.eTag(),
            now,
            now,
            createdBy,
            attributes,
            content,
            drive.nextChange());
    drive.put(node);
    touch(parents);
    return node;
  }

  /** Keeps a changed node, and tells its parents. */
  private Node save(Node changed) {
    Node next = next(changed);
    drive.put(next);
    touch(next.parents());
    return next;
  }

  private Node next(Node changed) {
    return changed.changed(now, ids.eTag(), drive.nextChange());
  }

  private void requireFree(String parentId, String name, String except) {
    drive
        .child(parentId, name)
        .filter(existing -> !existing.id().equals(except))
        .ifPresent(
            existing -> {
              throw new NameTakenException(existing, parentId);
            });
  }

  private void touch(List<String> parents) {
    for (String parent : parents) {
      drive.get(parent).ifPresent(folder -> drive.put(next(folder)));
    }
  }

  private static Node.Content contentOf(String name, Blob blob, long version) {
    String type = MediaTypes.ofName(name);
    return new Node.Content(
        blob, type, MediaTypes.extensionOf(name), version, new MediaFacts(blob, type));
  }
}
