package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a drive (amazon-cloud-drive.md 3.0).
 *
 * @param name null for the root alone
 * @param version 1 at first, one more with every change
 * @param createdBy the friendly name of the client that made it
 * @param content null for folders
 */
public record Node(
    String id,
    Kind kind,
    @Nullable String name,
    List<String> parents,
    Status status,
    long version,
    String eTag,
    Instant created,
    Instant modified,
    String createdBy,
    List<String> labels,
    @Nullable String description,
    @Nullable Content content) {

  /** What a node is. */
  public enum Kind {
    FILE,
    FOLDER
  }

  /** Where a node is in its life. */
  public enum Status {
    AVAILABLE,
    TRASH
  }

  /**
   * A file's content and what the service says of it.
   *
   * @param version 1 after the upload, one more with every overwrite
   */
  public record Content(Blob blob, String contentType, String extension, long version) {}

  public Node {
    parents = List.copyOf(parents);
    labels = List.copyOf(labels);
  }

  public boolean isRoot() {
    return name == null;
  }

  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** The name, or an empty text for the root. */
  public String nameOrEmpty() {
    return name == null ? "" : name;
  }

  /** The same node after a change at the given time. */
  public Node changed(Instant at, String newETag) {
    return new Node(
        id,
        kind,
        name,
        parents,
        status,
        version + 1,
        newETag,
        created,
        at,
        createdBy,
        labels,
        description,
        content);
  }

  public Node withContent(Content newContent) {
    return new Node(
        id,
        kind,
        name,
        parents,
        status,
        version,
        eTag,
        created,
        modified,
        createdBy,
        labels,
        description,
        newContent);
  }

  public Node withStatus(Status newStatus) {
    return new Node(
        id,
        kind,
        name,
        parents,
        newStatus,
        version,
        eTag,
        created,
        modified,
        createdBy,
        labels,
        description,
        content);
  }
}
