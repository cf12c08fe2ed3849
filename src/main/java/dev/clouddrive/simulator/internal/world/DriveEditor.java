package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.ids.IdSource;
import java.time.Instant;
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

  /** What a new node has besides its place and name. */
  public record Details(String createdBy, List<String> labels, @Nullable String description) {
    public static final Details BY_CUSTOMER = new Details(OWN_APP, List.of(), null);
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
            Node.Status.AVAILABLE,
            1,
            ids.eTag(),
            now,
            now,
            "CloudDriveWeb",
            List.of(),
            null,
            null));
  }

  /**
   * @throws NameTakenException if a parent has a child of that name
   */
  public Node createFolder(List<String> parents, String name, Details details) {
    return create(Node.Kind.FOLDER, parents, name, details, null);
  }

  /**
   * @throws NameTakenException if a parent has a child of that name
   */
  public Node createFile(List<String> parents, String name, Details details, Blob blob) {
    return create(Node.Kind.FILE, parents, name, details, contentOf(name, blob, 1));
  }

  /** Replaces a file's content; id and name stay. */
  public Node overwrite(Node file, Blob blob) {
    long version = file.content() == null ? 1 : file.content().version() + 1;
    Node changed =
        file.changed(now, ids.eTag()).withContent(contentOf(file.nameOrEmpty(), blob, version));
    drive.put(changed);
    touch(changed.parents());
    return changed;
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
        .orElseGet(() -> createFile(List.of(parent.id()), name, Details.BY_CUSTOMER, blob));
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
    for (Node child : drive.children(node.id())) {
      if (child.parents().size() == 1) {
        removeTree(child);
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
              .orElseGet(() -> createFolder(List.of(parent.id()), name, Details.BY_CUSTOMER));
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
      Details details,
      Node.@Nullable Content content) {
    for (String parent : parents) {
      requireFree(parent, name);
    }
    Node node =
        new Node(
            ids.nodeId(),
            kind,
            name,
            parents,
            Node.Status.AVAILABLE,
            1,
            ids.eTag(),
            now,
            now,
            details.createdBy(),
            details.labels(),
            details.description(),
            content);
    drive.put(node);
    touch(parents);
    return node;
  }

  private void requireFree(String parentId, String name) {
    drive
        .child(parentId, name)
        .ifPresent(
            existing -> {
              throw new NameTakenException(existing, parentId);
            });
  }

  private void touch(List<String> parents) {
    for (String parent : parents) {
      drive.get(parent).ifPresent(folder -> drive.put(folder.changed(now, ids.eTag())));
    }
  }

  private static Node.Content contentOf(String name, Blob blob, long version) {
    return new Node.Content(blob, MediaTypes.ofName(name), MediaTypes.extensionOf(name), version);
  }
}
