package dev.clouddrive.simulator.internal.filestack.upload;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileNames;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.file.UploadTags;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Handler;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The multipart protocol of the upload host (filestack-files.md 4.2, 4.3). */
public final class UploadApi {
  private static final long MOST_BYTES = 1L << 40;
  private static final long LARGEST_PART = 5L << 30;

  /** S3 takes smaller ones only as the last (filestack-files.md 9). */
  private static final long SMALLEST_PART = 5L << 20;

  private static final int MOST_PARTS = 10_000;

  /** What the webhook calls a file that an SDK uploaded (filestack-files.md 4.1). */
  private static final String CLIENT = "Computer";

  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final Security security;
  private final FileStore store;
  private final Uploads uploads;
  private final ObjectStore objects;

  public UploadApi(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Security security,
      FileStore store,
      Uploads uploads) {
    this.world = world;
    this.roles = roles;
    this.applications = applications;
    this.addresses = addresses;
    this.security = security;
    this.store = store;
    this.uploads = uploads;
    this.objects = new ObjectStore(world, roles, addresses, uploads);
  }

  public List<Route> routes() {
    var role = roles.upload();
    List<Route> routes = new ArrayList<>();
    routes.add(Route.of("upload.start", "POST", "/multipart/start", role, answering(this::start)));
    routes.add(Route.of("upload.part", "POST", "/multipart/upload", role, answering(this::part)));
    routes.add(
        Route.of("upload.commit", "POST", "/multipart/commit", role, answering(this::commit)));
    routes.add(
        Route.of(
            "upload.complete", "POST", "/multipart/complete", role, answering(this::complete)));
    routes.addAll(objects.routes());
    return routes;
  }

  @FunctionalInterface
  private interface Answerer {
    Response answer(Request request, UploadCall call)
        throws RefusedException, Storages.NoSuchPlaceException;
  }

  private Handler answering(Answerer answerer) {
    return request -> {
      try {
        return answerer.answer(request, UploadCall.read(request));
      } catch (JsonException e) {
        return roles.uploadError(400, "Invalid JSON: " + e.getMessage());
      } catch (RefusedException e) {
        return roles.uploadError(403, "Invalid App policy");
      } catch (Storages.NoSuchPlaceException e) {
        return invalid(e.parameter()).response();
      }
    };
  }

  private ResponseException invalid(String parameter) {
    return new ResponseException(roles.uploadError(400, "invalid params: " + parameter));
  }

  private ResponseException invalid() {
    return new ResponseException(roles.uploadError(400, "Parameters are invalid"));
  }

  private Response start(Request request, UploadCall call)
      throws RefusedException, Storages.NoSuchPlaceException {
    Filestack.App app = app(call);
    StoreOptions options = call.store();
    Grant grant =
        options.namesPlace()
            ? security.admit(app, call.credentials(), Call.PICK, Call.STORE)
            : security.admit(app, call.credentials(), Call.PICK);
    long size =
        call.number("size")
            .filter(s -> s > 0 && s <= MOST_BYTES)
            .orElseThrow(() -> invalid("size"));
    grant.requireSize(size);
    String mimetype = call.text("mimetype").orElse(MediaTypes.OCTET_STREAM);
    if (!MediaTypes.isValid(mimetype)) {
      throw invalid("mimetype");
    }
    String filename =
        options
            .filename()
            .or(() -> call.text("filename"))
            .flatMap(FileNames::clean)
            .orElseGet(() -> FileNames.untitled(mimetype));
    Filestack.Storage storage = Storages.choose(app, options, grant);
    boolean intelligent = call.wantsChunks() && world.option(Options.UPLOAD_INTELLIGENT);
    Filestack.Upload upload =
        new Filestack.Upload(
            world.ids().token("", 32),
            app.apikey(),
            app.apikey() + "/" + world.ids().token("", 12) + "_" + filename,
            filename,
            mimetype,
            size,
            storage,
            intelligent,
            tags(call),
            world.now(),
            null,
            0);
    uploads.add(upload);
    Map<String, @Nullable Object> answer =
        Json.object(
            "uri",
            uri(upload),
            "region",
            FilestackRoles.REGION,
            "upload_id",
            upload.id(),
            "location_url",
            locationUrl(request));
    if (intelligent) {
      answer.put("upload_type", "intelligent_ingestion");
    }
    return Response.json(200, answer);
  }

  private Filestack.App app(UploadCall call) {
    return call.text("apikey")
        .flatMap(applications::byKey)
        .orElseThrow(() -> new ResponseException(roles.uploadError(403, Applications.INVALID)));
  }

  private Map<String, String> tags(UploadCall call) {
    try {
      return call.tags();
    } catch (UploadTags.InvalidException e) {
      throw invalid("upload_tags");
    }
  }

  private static String uri(Filestack.Upload upload) {
    return "/"
        + ObjectStore.BUCKET
        + "/"
        + PercentCoding.encodePath("/" + upload.key()).substring(1);
  }

  private String locationUrl(Request request) {
    String origin = addresses.of(request, FilestackRoles.UPLOAD_HOST);
    return world.option(Options.UPLOAD_LOCATION_URL).equals("url")
        ? origin
        : origin.substring(origin.indexOf("://") + 3);
  }

  private Filestack.Upload upload(UploadCall call) {
    Filestack.App app = app(call);
    Filestack.Upload upload =
        call.text("upload_id")
            .flatMap(uploads::find)
            .filter(u -> u.apikey().equals(app.apikey()))
            .orElseThrow(() -> invalid("upload_id"));
    if (call.text("region").filter(r -> !r.equals(FilestackRoles.REGION)).isPresent()) {
      throw invalid();
    }
    return upload;
  }

  private int partNumber(UploadCall call) {
    return call.number("part")
        .filter(n -> n >= 1 && n <= MOST_PARTS)
        .map(Long::intValue)
        .orElseThrow(() -> invalid("part"));
  }

  private Response part(Request request, UploadCall call) {
    Filestack.Upload upload = upload(call);
    int number = partNumber(call);
    long size =
        call.number("size")
            .filter(s -> s > 0 && s <= Math.min(LARGEST_PART, upload.size()))
            .orElseThrow(() -> invalid("size"));
    long offset = upload.intelligent() ? offset(call, upload) : 0;
    String md5 = call.text("md5").orElse("");
    if (!md5.isEmpty() && !isMd5(md5)) {
      throw invalid("md5");
    }
    // Whoever signs a part needs not know its offset: the path tells chunks apart.
    String path = upload.intelligent() ? chunkPath(upload, number, offset) : uri(upload);
    String query = "partNumber=" + number + "&uploadId=" + upload.id();
    ObjectStore.Signed signed = objects.sign(request, path, query, size, md5);
    Filestack.PartId id = new Filestack.PartId(upload.id(), number, offset);
    world.change(
        s -> {
          boolean isNew = !s.filestack.parts.containsKey(id);
          if (isNew && s.filestack.partsOf(upload.id()).size() >= MOST_PARTS) {
            throw invalid("part");
          }
          // A new signature doesn't undo what was put before.
          Filestack.Part before = s.filestack.parts.get(id);
          Blob blob = before == null ? null : before.blob();
          s.filestack.parts.put(
              id, new Filestack.Part(id, size, md5, signed.signature(), blob, false));
          return null;
        });
    return Response.json(
        200,
        Json.object(
            "url",
            signed.url(),
            "headers",
            signed.headers(),
            "location_url",
            locationUrl(request)));
  }

  private long offset(UploadCall call, Filestack.Upload upload) {
    if (call.text("offset").isEmpty()) {
      return 0;
    }
    return call.number("offset")
        .filter(o -> o >= 0 && o < upload.size())
        .orElseThrow(this::invalid);
  }

  private static String chunkPath(Filestack.Upload upload, int number, long offset) {
    return "/"
        + ObjectStore.BUCKET
        + "/ii/"
        + PercentCoding.encode(upload.apikey())
        + "/"
        + upload.id()
        + "/"
        + number
        + "/"
        + offset;
  }

  private static boolean isMd5(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A part's chunks are all there; 206 while there is a gap between them. */
  private Response commit(Request request, UploadCall call) {
    Filestack.Upload upload = upload(call);
    int number = partNumber(call);
    boolean complete =
        world.change(
            s -> {
              SortedMap<Filestack.PartId, Filestack.Part> chunks =
                  chunksOf(s.filestack, upload, number);
              long end = 0;
              for (Filestack.Part chunk : chunks.values()) {
                if (chunk.blob() == null) {
                  continue;
                }
                if (chunk.id().offset() != end) {
                  return false;
                }
                end += chunk.blob().size();
              }
              chunks.replaceAll((id, chunk) -> chunk.commit());
              return end > 0;
            });
    return Response.json(complete ? 200 : 206, Map.of());
  }

  private static SortedMap<Filestack.PartId, Filestack.Part> chunksOf(
      Filestack filestack, Filestack.Upload upload, int number) {
    return filestack.parts.subMap(
        new Filestack.PartId(upload.id(), number, 0),
        new Filestack.PartId(upload.id(), number + 1, 0));
  }

  private Response complete(Request request, UploadCall call) {
    Filestack.Upload upload = upload(call);
    if (upload.askedAgain() < world.option(Options.UPLOAD_COMPLETE_PENDING)) {
      world.change(s -> s.filestack.uploads.computeIfPresent(upload.id(), (id, u) -> u.asked()));
      return Response.json(202, Map.of());
    }
    Map<String, String> tags = new LinkedHashMap<>(upload.tags());
    tags.putAll(tags(call));
    FileUrls urls = FileUrls.of(addresses, request);
    Filestack.FileLink file = finish(upload, call, tags, urls);
    return Response.json(200, answer(upload, file, urls));
  }

  /** The file of an upload: made once, however often and at the same time that is asked for. */
  private Filestack.FileLink finish(
      Filestack.Upload upload, UploadCall call, Map<String, String> tags, FileUrls urls) {
    synchronized (uploads) {
      Optional<Filestack.FileLink> made =
          uploads
              .find(upload.id())
              .map(Filestack.Upload::handle)
              .map(handle -> world.read(s -> s.filestack.files.get(handle)));
      if (made.isPresent()) {
        return made.get();
      }
      Blob content = upload.intelligent() ? ofChunks(upload) : ofParts(upload, call);
      if (content.size() != upload.size()) {
        throw invalid("size");
      }
      Filestack.FileLink file =
          store.store(
              new FileStore.Facts(
                  upload.apikey(), upload.filename(), upload.mimetype(), CLIENT, null, tags),
              content,
              upload.storage(),
              urls);
      world.change(
          s -> {
            s.filestack.uploads.computeIfPresent(
                upload.id(), (id, u) -> u.completed(file.handle()));
            s.filestack.partsOf(upload.id()).clear();
            return null;
          });
      return file;
    }
  }

  /** What is told makes the file, each part by the ETag that it got; other parts don't count. */
  private Blob ofParts(Filestack.Upload upload, UploadCall call) {
    SortedMap<Integer, String> told = call.parts();
    if (told.isEmpty()) {
      throw invalid("parts");
    }
    List<Blob> blobs = new ArrayList<>();
    for (Map.Entry<Integer, String> entry : told.entrySet()) {
      Filestack.PartId id = new Filestack.PartId(upload.id(), entry.getKey(), 0);
      Filestack.Part part = world.read(s -> s.filestack.parts.get(id));
      boolean last = entry.getKey().equals(told.lastKey());
      Blob blob = part == null ? null : part.blob();
      if (blob == null
          || !blob.md5().equalsIgnoreCase(entry.getValue())
          || (!last && blob.size() < SMALLEST_PART)) {
        throw invalid("parts");
      }
      blobs.add(blob);
    }
    return world.blobs().joined(blobs);
  }

  private Blob ofChunks(Filestack.Upload upload) {
    List<Filestack.Part> chunks =
        world.read(s -> List.copyOf(s.filestack.partsOf(upload.id()).values()));
    List<Blob> blobs = new ArrayList<>();
    for (Filestack.Part chunk : chunks) {
      Blob blob = chunk.blob();
      if (blob != null && !chunk.committed()) {
        throw invalid("parts");
      }
      if (blob != null) {
        blobs.add(blob);
      }
    }
    if (blobs.isEmpty()) {
      throw invalid("parts");
    }
    return world.blobs().joined(blobs);
  }

  private Map<String, @Nullable Object> answer(
      Filestack.Upload upload, Filestack.FileLink file, FileUrls urls) {
    Filestack.Place place = ((Filestack.Stored) file.source()).place();
    Map<String, @Nullable Object> answer =
        Json.object(
            "handle",
            file.handle(),
            "url",
            urls.cdn(file.handle()),
            "filename",
            file.filename(),
            "size",
            upload.size(),
            "mimetype",
            file.mimetype());
    String status = world.option(Options.UPLOAD_STATUS);
    if (!status.equals("absent")) {
      answer.put("status", status.equals("real") ? store.status(file) : status);
    }
    if (!upload.storage().isInternal()) {
      answer.put("container", place.container());
      answer.put("key", place.key());
    }
    if (!file.tags().isEmpty()) {
      answer.put("upload_tags", file.tags());
    }
    return answer;
  }
}
