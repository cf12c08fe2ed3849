package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What Filestack knows (filestack.md). Guarded by the world's lock. */
public final class Filestack {

  /**
   * An application of the developer portal.
   *
   * @param security whether every call has to show a policy
   * @param store where files go when a call doesn't say
   * @param containers the customer's own; where there are none, any is taken
   */
  public record App(
      String apikey, String secret, boolean security, Storage store, List<Container> containers) {
    public App {
      containers = List.copyOf(containers);
    }
  }

  /** A container of the customer's own at a storage provider. */
  public record Container(String location, String container) {}

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
   * @param sourceUrl where it was fetched from; null for anything else than a URL
   * @param tags the upload tags
   */
  public record FileLink(
      String handle,
      String apikey,
      String filename,
      String mimetype,
      String client,
      Instant uploadedAt,
      @Nullable String sourceUrl,
      Map<String, String> tags,
      Source source) {
    public FileLink {
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
  }

  /** Where a handle's bytes are. */
  public sealed interface Source permits Stored, Symlink {}

  /** A copy in a storage. */
  public record Stored(Place place) implements Source {}

  /**
   * An object's address. Each application has its own, as each customer has.
   *
   * @param location {@code internal}, or that of a {@link Container}
   */
  public record Place(String apikey, String location, String container, String key) {
    /** Whether the object is kept by Filestack itself. */
    public boolean isInternal() {
      return location.equals("internal");
    }
  }

  /**
   * What a storage keeps.
   *
   * @param arrivesAt when its transfer to the storage ends; Filestack serves it before, too
   */
  public record StoredObject(Place place, Blob blob, String mimetype, Instant arrivesAt) {}

  /**
   * A file on its way to its storage (filestack-files.md 4.3), which is told of when it is there.
   *
   * @param size bytes
   * @param apiUrl its URL at the File API, as it will be told
   * @param cdnUrl its URL at the CDN
   */
  public record Transfer(
      String handle, long size, Instant arrivesAt, String apiUrl, String cdnUrl) {}

  /**
   * A link to a file where it is in its user's cloud.
   *
   * @param fileId the cloud's id of the file
   * @param path the cloud's path when the link was made
   * @param size bytes when the link was made
   */
  public record Symlink(String grantId, String cloud, String fileId, String path, long size)
      implements Source {}

  /**
   * A conversion's result.
   *
   * @param standIn whether it only stands in for what a missing program would make
   */
  public record Conversion(
      String key,
      Blob blob,
      String mimetype,
      String filename,
      boolean standIn,
      Instant computedAt) {}

  /**
   * A multipart upload (filestack-files.md 4.2).
   *
   * @param key of the object that the parts are put to
   * @param size bytes, as declared
   * @param intelligent whether parts are put in chunks
   * @param handle of the file, once it is complete; null before
   * @param askedAgain how often {@code complete} was answered with 202
   */
  public record Upload(
      String id,
      String apikey,
      String key,
      String filename,
      String mimetype,
      long size,
      Storage storage,
      boolean intelligent,
      Map<String, String> tags,
      Instant startedAt,
      @Nullable String handle,
      int askedAgain) {
    public Upload {
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public Upload asked() {
      return new Upload(
          id,
          apikey,
          key,
          filename,
          mimetype,
          size,
          storage,
          intelligent,
          tags,
          startedAt,
          handle,
          askedAgain + 1);
    }

    public Upload completed(String newHandle) {
      return new Upload(
          id,
          apikey,
          key,
          filename,
          mimetype,
          size,
          storage,
          intelligent,
          tags,
          startedAt,
          newHandle,
          askedAgain);
    }
  }

  /**
   * A part of an upload, or a chunk of a part.
   *
   * @param part from 1
   * @param offset of a chunk in its part; 0 for a whole part
   */
  public record PartId(String uploadId, int part, long offset) implements Comparable<PartId> {
    private static final Comparator<PartId> ORDER =
        Comparator.comparing(PartId::uploadId)
            .thenComparingInt(PartId::part)
            .thenComparingLong(PartId::offset);

    @Override
    public int compareTo(PartId other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * What was signed for, and what came.
   *
   * @param size bytes, as declared
   * @param md5 Base64, as declared; empty when it wasn't
   * @param signature of the request that puts it
   * @param blob null until it is put
   * @param committed whether the chunks of its part were declared complete
   */
  public record Part(
      PartId id, long size, String md5, String signature, @Nullable Blob blob, boolean committed) {

    public Part withBlob(Blob newBlob) {
      return new Part(id, size, md5, signature, newBlob, committed);
    }

    public Part commit() {
      return new Part(id, size, md5, signature, blob, true);
    }
  }

  /**
   * A conversion of audio or video (filestack-files.md 5.7).
   *
   * @param key its application, source and arguments
   * @param body the JSON that tells of its end; null until then
   */
  public record VideoJob(
      String key, String uuid, String apikey, Instant startedAt, @Nullable String body) {
    public VideoJob ended(String newBody) {
      return new VideoJob(key, uuid, apikey, startedAt, newBody);
    }
  }

  /**
   * A run of a workflow.
   *
   * @param body the JSON that tells of it
   */
  public record WorkflowJob(String id, String apikey, String body) {}

  /** What the CDN has delivered at a URL, until its entry ends. */
  public record Delivered(
      String url,
      String apikey,
      String handle,
      String filename,
      String mimetype,
      Blob blob,
      Instant until) {}

  /** Results of conversions that are kept; the oldest goes first. */
  private static final int MOST_CONVERSIONS = 1_000;

  public final Map<String, App> apps = new LinkedHashMap<>();
  public final Map<String, Session> sessions = Login.bounded();
  public final Map<String, AuthLeg> authLegs = Login.bounded();
  public final Map<String, Grant> grants = new LinkedHashMap<>();
  public final Map<String, FileLink> files = new LinkedHashMap<>();
  public final Map<Place, StoredObject> objects = new LinkedHashMap<>();
  public final Map<String, Transfer> transfers = new LinkedHashMap<>();
  public final Map<String, Upload> uploads = new LinkedHashMap<>();
  public final NavigableMap<PartId, Part> parts = new TreeMap<>();
  public final Map<String, Conversion> conversions = Login.bounded(MOST_CONVERSIONS);
  public final Map<String, VideoJob> videoJobs = Login.bounded(MOST_CONVERSIONS);
  public final Map<String, WorkflowJob> workflowJobs = Login.bounded(MOST_CONVERSIONS);
  public final List<Insight> insights = new ArrayList<>();
  public final Map<String, Delivered> delivered = Login.bounded(MOST_CONVERSIONS);

  Filestack copy() {
    Filestack copy = new Filestack();
    copy.apps.putAll(apps);
    copy.sessions.putAll(sessions);
    copy.authLegs.putAll(authLegs);
    copy.grants.putAll(grants);
    copy.files.putAll(files);
    copy.objects.putAll(objects);
    copy.transfers.putAll(transfers);
    copy.uploads.putAll(uploads);
    copy.parts.putAll(parts);
    copy.conversions.putAll(conversions);
    copy.videoJobs.putAll(videoJobs);
    copy.workflowJobs.putAll(workflowJobs);
    copy.insights.addAll(insights);
    copy.delivered.putAll(delivered);
    return copy;
  }

  /**
   * The object of a stored file; null when its storage has it no more.
   *
   * @throws ClassCastException if the file is a symlink
   */
  public @Nullable StoredObject object(FileLink file) {
    return objects.get(((Stored) file.source()).place());
  }

  /** The parts of an upload, in their order. */
  public NavigableMap<PartId, Part> partsOf(String uploadId) {
    return parts.subMap(
        new PartId(uploadId, 0, 0), true, new PartId(uploadId, Integer.MAX_VALUE, 0), true);
  }
}
