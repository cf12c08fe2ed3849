package dev.clouddrive.simulator.internal.filestack;

import dev.clouddrive.simulator.internal.http.Body;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A user's cloud as Filestack sees it: the same few calls whoever the vendor is. */
public interface Cloud {

  /** Name in {@code clouds}, such as {@code clouddrive} (filestack.md 0.3). */
  String name();

  /** What webhooks call it, such as {@code Amazon Cloud Drive}. */
  String displayName();

  /** First segment of its {@code /api/path}, such as {@code Clouddrive}. */
  String root();

  /**
   * Where the user logs in.
   *
   * @param base scheme and authority of the vendor's pages, as the user can reach them
   */
  String loginUrl(String base, String redirectUri, String state);

  /** The vendor's host name of the login pages. */
  String loginHost();

  /**
   * Exchanges what the login gave for tokens, and keeps them.
   *
   * @return the grant's id
   */
  String connect(String code, String redirectUri) throws CloudException, IOException;

  /**
   * A page of a folder.
   *
   * @param path such as {@code /Pictures/}
   * @param next the previous page's {@link Listing#next()}; empty for the first
   */
  Listing list(String grantId, String path, String next) throws CloudException, IOException;

  /** The file or folder at a path. */
  Item at(String grantId, String path) throws CloudException, IOException;

  /** The file or folder with an id. */
  Item byId(String grantId, String id) throws CloudException, IOException;

  /**
   * A file's bytes.
   *
   * @param from position of the first byte
   * @param length how many bytes
   */
  Body read(String grantId, String id, long from, long length) throws CloudException, IOException;

  /**
   * A picture made smaller, as JPEG.
   *
   * @param side pixels that width and height must not exceed
   */
  Body thumbnail(String grantId, String id, int side) throws CloudException, IOException;

  /**
   * Adds a file to a folder.
   *
   * @throws CloudException with the existing file's id when the name is taken
   */
  Item upload(String grantId, String folderId, String name, String mimetype, Body content)
      throws CloudException, IOException;

  /** Replaces a file's bytes. */
  Item overwrite(String grantId, String id, String mimetype, Body content)
      throws CloudException, IOException;

  /**
   * @param next empty on the last page
   */
  record Listing(List<Item> items, String next) {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /**
   * @param mimetype empty for folders
   * @param size bytes; 0 for folders
   * @param md5 empty for folders
   */
  record Item(
      String id,
      String name,
      boolean folder,
      String mimetype,
      long size,
      String md5,
      Instant modified) {}

  /** Why a cloud didn't do what it was asked for. */
  enum Problem {
    /** The user has withdrawn the consent, or the tokens are no longer good. */
    NOT_AUTHORIZED,
    /** There is no such file or folder, or it is in the trash. */
    NOT_FOUND,
    /** The folder has a file of that name. */
    NAME_TAKEN,
    /** The cloud refuses, for example because it is full. */
    REFUSED,
    /** The cloud doesn't answer, or with an error of its own. */
    UNAVAILABLE
  }

  /** A cloud said no. */
  final class CloudException extends Exception {
    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final String existingId;

    public CloudException(Problem problem, String message) {
      this(problem, message, "");
    }

    /**
     * @param existingId id of the file that has the name
     */
    public CloudException(Problem problem, String message, String existingId) {
      super(message);
      this.problem = problem;
      this.existingId = existingId;
    }

    public Problem problem() {
      return problem;
    }

    public Optional<String> existingId() {
      return Optional.of(existingId).filter(id -> !id.isEmpty());
    }
  }
}
