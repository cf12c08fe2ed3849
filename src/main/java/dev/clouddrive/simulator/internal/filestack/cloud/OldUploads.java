package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileNames;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.upload.Uploads;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.http.Multipart;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How native SDKs of 2013 to 2017 upload a local file, in chunks (filestack.md 2.5). */
final class OldUploads {
  private static final int FORM_LIMIT = 256 * 1024;
  private static final long MOST_BYTES = 5L << 30;
  private static final int MOST_CHUNKS = 10_000;
  private static final String CLIENT = "Computer";

  private final World world;
  private final FilestackRoles roles;
  private final Addresses addresses;
  private final OldCalls calls;
  private final FileStore files;
  private final Uploads uploads;
  private final PathReads reads;

  OldUploads(
      World world,
      FilestackRoles roles,
      Addresses addresses,
      OldCalls calls,
      FileStore files,
      Uploads uploads,
      PathReads reads) {
    this.world = world;
    this.roles = roles;
    this.addresses = addresses;
    this.calls = calls;
    this.files = files;
    this.uploads = uploads;
    this.reads = reads;
  }

  List<Route> routes() {
    String path = "/api/upload/multipart";
    var role = roles.api();
    return List.of(
        Route.of("oldUpload.start", "POST", path + "/start/", role, this::start),
        Route.of("oldUpload.chunk", "POST", path + "/upload/", role, this::chunk),
        Route.of("oldUpload.end", "POST", path + "/end/", role, this::end));
  }

  private static ResponseException refused() {
    return new ResponseException(Response.json(400, Json.object("result", "error")));
  }

  private Response start(Request request) throws IOException {
    OldCalls.OldCall call = formCall(request);
    long size =
        number(call, "filesize").filter(n -> n <= MOST_BYTES).orElseThrow(OldUploads::refused);
    String name = call.text("name").flatMap(FileNames::clean).orElseThrow(OldUploads::refused);
    try {
      call.grant().requireSize(size);
      Filestack.Storage storage =
          Storages.choose(call.app(), StoreOptions.withOldNames(call::text), call.grant());
      Filestack.Upload upload =
          new Filestack.Upload(
              world.ids().token("", 32),
              call.app().apikey(),
              call.app().apikey() + "/" + world.ids().token("", 12) + "_" + name,
              name,
              MediaTypes.ofName(name),
              size,
              storage,
              false,
              Map.of(),
              world.now(),
              null,
              0);
      uploads.add(upload);
      return ok(Json.object("id", upload.id()));
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    } catch (Storages.NoSuchPlaceException e) {
      return roles.apiError(400, String.valueOf(e.getMessage()));
    }
  }

  private OldCalls.OldCall formCall(Request request) throws IOException {
    return calls.read(
        request, request.query().and(request.form(FORM_LIMIT)), Call.PICK, Call.STORE);
  }

  private static Response ok(Object data) {
    return Response.json(200, Json.object("result", "ok", "data", data));
  }

  private static Optional<Long> number(OldCalls.OldCall call, String name) {
    return call.text(name).filter(text -> text.matches("\\d{1,15}")).map(Long::valueOf);
  }

  private Filestack.Upload upload(OldCalls.OldCall call) {
    return call.text("id")
        .flatMap(uploads::find)
        .filter(upload -> upload.apikey().equals(call.app().apikey()) && upload.handle() == null)
        .orElseThrow(OldUploads::refused);
  }

  /** The chunk stands in a part {@code fileUpload}, or is the body; what it is of in the query. */
  private Response chunk(Request request) throws IOException {
    OldCalls.OldCall call = calls.read(request, request.query(), Call.PICK, Call.STORE);
    Filestack.Upload upload = upload(call);
    int index =
        number(call, "index")
            .filter(n -> n < MOST_CHUNKS)
            .map(Long::intValue)
            .orElseThrow(OldUploads::refused);
    Blob blob;
    try (InputStream in = request.body().openStream()) {
      blob = content(request, in, upload.size());
    }
    Filestack.PartId id = new Filestack.PartId(upload.id(), index, 0);
    Filestack.Part part = new Filestack.Part(id, blob.size(), "", "", blob, true);
    world.change(
        s -> {
          long others =
              s.filestack.partsOf(upload.id()).values().stream()
                  .filter(other -> !other.id().equals(id))
                  .mapToLong(Filestack.Part::size)
                  .sum();
          if (others + blob.size() > upload.size()) {
            throw refused();
          }
          return s.filestack.parts.put(id, part);
        });
    return Response.json(200, Json.object("result", "ok"));
  }

  private Blob content(Request request, InputStream in, long limit) throws IOException {
    if (!request.mediaType().equals("multipart/form-data")) {
      return world.blobs().store(in, limit);
    }
    Multipart parts = Multipart.of(request.headers().get("Content-Type").orElse(""), in);
    for (Optional<Multipart.Part> next = parts.next(); next.isPresent(); next = parts.next()) {
      if (next.get().fileName().isPresent() || next.get().name().equals("fileUpload")) {
        return world.blobs().store(next.get().content(), limit);
      }
    }
    throw refused();
  }

  private Response end(Request request) throws IOException {
    OldCalls.OldCall call = formCall(request);
    Filestack.Upload upload = upload(call);
    long total = number(call, "total").orElseThrow(OldUploads::refused);
    Blob content = joined(upload, total);
    FileUrls urls = FileUrls.of(addresses, request);
    FileStore.Facts facts =
        new FileStore.Facts(upload.apikey(), upload.filename(), upload.mimetype(), CLIENT);
    if (!uploads.end(upload.id())) {
      throw refused();
    }
    Filestack.FileLink file = files.store(facts, content, upload.storage(), urls);
    Map<String, Object> blob = reads.blob(file, content.size(), urls);
    return ok(
        Json.object(
            "url",
            blob.get("url"),
            "data",
            Json.object(
                "filename", file.filename(), "size", content.size(), "type", file.mimetype())));
  }

  private Blob joined(Filestack.Upload upload, long total) {
    List<Filestack.Part> parts =
        world.read(s -> List.copyOf(s.filestack.partsOf(upload.id()).values()));
    List<Blob> blobs = new ArrayList<>();
    for (Filestack.Part part : parts) {
      Blob blob = part.blob();
      if (blob != null) {
        blobs.add(blob);
      }
    }
    Blob content = world.blobs().joined(blobs);
    if (blobs.size() != total || content.size() != upload.size()) {
      throw refused();
    }
    return content;
  }
}
