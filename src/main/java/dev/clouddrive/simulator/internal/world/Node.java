package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.media.MediaFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a drive (amazon-cloud-drive.md 3.0).
 *
 * @param name null for the root alone
 * @param trashed whether and why it is in the trash
 * @param version 1 at first, one more with every change
 * @param createdBy the friendly name of the client that made it
 * @param content null for folders
 * @param change the drive's count of changes when this one was made
 */
public record Node(
    String id,
    Kind kind,
    @Nullable String name,
    List<String> parents,
    Trashed trashed,
    long version,
    String eTag,
    Instant created,
    Instant modified,
    String createdBy,
    Attributes attributes,
    @Nullable Content content,
    long change) {

  /** What a node is. */
  public enum Kind {
    FILE,
    FOLDER
  }

  /** Where a node is in its life, as filters and answers name it. */
  public enum Status {
    AVAILABLE,
    TRASH
  }

  /** Whether a node is in the trash. */
  public enum Trashed {
    NO,
    /** It was put there itself. */
    ITSELF,
    /** A folder that it is in was put there. */
    WITH_FOLDER
  }

  /**
   * What clients write on a node.
   *
   * @param properties values by key by owner
   */
  public record Attributes(
      List<String> labels,
      @Nullable String description,
      List<String> keywords,
      Map<String, Map<String, String>> properties) {
    public static final Attributes NONE = new Attributes(List.of(), null, List.of(), Map.of());

    public Attributes {
      labels = List.copyOf(labels);
      keywords = List.copyOf(keywords);
      properties = Map.copyOf(properties);
    }

    public Attributes withProperties(Map<String, Map<String, String>> newProperties) {
      return new Attributes(labels, description, keywords, newProperties);
    }
  }

  /**
   * A file's content and what the service says of it.
   *
   * @param version 1 after the upload, one more with every overwrite
   * @param facts what a picture or film says of itself
   */
  public record Content(
      Blob blob, String contentType, String extension, long version, MediaFacts facts) {}

  public Node {
    parents = List.copyOf(parents);
  }

  public boolean isRoot() {
    return name == null;
  }

  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  public Status status() {
    return trashed == Trashed.NO ? Status.AVAILABLE : Status.TRASH;
  }

  public boolean isAvailable() {
    return trashed == Trashed.NO;
  }

  /** The name, or an empty text for the root. */
  public String nameOrEmpty() {
    return name == null ? "" : name;
  }

  /** The same node, one version on. */
  Node changed(Instant at, String newETag, long newChange) {
    return new Node(
        id,
        kind,
        name,
        parents,
        trashed,
        version + 1,
        newETag,
        created,
        at,
        createdBy,
        attributes,
        content,
        newChange);
  }

  Node withName(String newName) {
    return new Node(
        id,
        kind,
        newName,
        parents,
        trashed,
        version,
        eTag,
        created,
        modified,
        createdBy,
        attributes,
        content,
        change);
  }

  Node withParents(List<String> newParents) {
    return new Node(
        id,
        kind,
        name,
        newParents,
        trashed,
        version,
        eTag,
        created,
        modified,
        createdBy,
        attributes,
        content,
        change);
  }

  Node withTrashed(Trashed newTrashed) {
    return new Node(
        id,
        kind,
        name,
        parents,
        newTrashed,
        version,
        eTag,
        created,
        modified,
        createdBy,
        attributes,
        content,
        change);
  }

  Node withAttributes(Attributes newAttributes) {
    return new Node(
        id,
        kind,
        name,
        parents,
        trashed,
        version,
        eTag,
        created,
        modified,
        createdBy,
        newAttributes,
        content,
        change);
  }

  Node withContent(Content newContent) {
    return new Node(
        id,
        kind,
        name,
        parents,
        trashed,
        version,
        eTag,
        created,
        modified,
        createdBy,
        attributes,
        newContent,
        change);
  }
}
