package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Filestack knows (filestack.md). Guarded by the world's lock. */
public final class Filestack {

  /**
   * An application of the developer portal.
   *
   * @param store where files go when a call doesn't say
   */
  public record App(String apikey, String secret, Storage store) {}

  /**
   * A place for files.
   *
   * @param location {@code internal}, {@code s3}, {@code gcs}, {@code azure}, {@code rackspace} or
   *     {@code dropbox}
   * @param container the customer's bucket; null for Filestack's own
   * @param path a folder (with a slash at the end) or an exact key; null for the root
   */
  public record Storage(String location, @Nullable String container, @Nullable String path) {
    public static final Storage INTERNAL = new Storage("internal", null, null);

    /** Whether the files are kept by Filestack itself. */
    public boolean isInternal() {
      return container == null;
    }
  }

  /**
   * A picker's session with the clouds that its user has logged in to.
   *
   * @param grants id of the {@link Grant} by cloud name
   */
  public record Session(String token, String apikey, Map<String, String> grants) {
    public Session {
      grants = Map.copyOf(grants);
    }
  }

  /** A login that is under way: what the {@code state} of the OAuth leg stands for. */
  public record AuthLeg(
      String state,
      String sessionToken,
      String cloud,
      @Nullable String appUrl,
      Instant startedAt) {}

  /** The tokens of one login to one cloud; links made from it keep using it after a logout. */
  public record Grant(
      String id, String cloud, String accessToken, String refreshToken, Instant expiresAt) {}

  /**
   * A handle and what it stands for.
   *
   * @param client the display name of the service that the file came from
   */
  public record FileLink(
      String handle,
      String apikey,
      String filename,
      String mimetype,
      String client,
      Instant uploadedAt,
      Source source) {}

  /** Where a handle's bytes are. */
  public sealed interface Source permits Stored, Symlink {}

  /** A copy in a storage. */
  public record Stored(Blob blob, Storage storage, String container, String key)
      implements Source {}

  /**
   * A link to a file where it is in its user's cloud.
   *
   * @param fileId the cloud's id of the file
   * @param path the cloud's path when the link was made
   * @param size bytes when the link was made
   */
  public record Symlink(String grantId, String cloud, String fileId, String path, long size)
      implements Source {}

  /** A conversion's result. */
  public record Conversion(String key, Blob blob, String mimetype, Instant computedAt) {}

  /** Results of conversions that are kept; the oldest goes first. */
  private static final int MOST_CONVERSIONS = 1_000;

  public final Map<String, App> apps = new LinkedHashMap<>();
  public final Map<String, Session> sessions = Login.bounded();
  public final Map<String, AuthLeg> authLegs = Login.bounded();
  public final Map<String, Grant> grants = new LinkedHashMap<>();
  public final Map<String, FileLink> files = new LinkedHashMap<>();
  public final Map<String, Conversion> conversions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Conversion> eldest) {
          return size() > MOST_CONVERSIONS;
        }
      };

  Filestack copy() {
    Filestack copy = new Filestack();
    copy.apps.putAll(apps);
    copy.sessions.putAll(sessions);
    copy.authLegs.putAll(authLegs);
    copy.grants.putAll(grants);
    copy.files.putAll(files);
    copy.conversions.putAll(conversions);
    return copy;
  }
}
