package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.HeaderText;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The old cloud API's lists and picks: {@code GET /api/path} (filestack.md 2.5). */
final class PathReads {
  private final World world;
  private final FilestackRoles roles;
  private final Addresses addresses;
  private final OldCalls calls;
  private final FileStore files;
  private final Thumbnails thumbnails;

  PathReads(
      World world,
      FilestackRoles roles,
      Addresses addresses,
      OldCalls calls,
      FileStore files,
      Thumbnails thumbnails) {
    this.world = world;
    this.roles = roles;
    this.addresses = addresses;
    this.calls = calls;
    this.files = files;
    this.thumbnails = thumbnails;
  }

  List<Route> routes() {
    return List.of(Route.of("path.read", "GET", "/api/path/{path...}", roles.api(), this::read));
  }

  private Response read(Request request) throws IOException {
    OldCalls.OldCall call = calls.read(request, request.query(), Call.PICK);
    OldCalls.Place place = calls.place(request.variable("path"));
    String format = call.text("format").orElse("info");
    return switch (format) {
      case "info" ->
          calls.answer(call, place.cloud(), "Folder not found", grant -> list(call, place, grant));
      case "fpurl", "data" ->
          calls.answer(
              call,
              place.cloud(),
              "File not found",
              grant -> pick(call, place, grant, format.equals("data")));
      default -> roles.apiError(400, "The parameter format is info, fpurl or data");
    };
  }

  private Response list(OldCalls.OldCall call, OldCalls.Place place, String grantId)
      throws Cloud.CloudException, IOException {
    Cloud cloud = place.cloud();
    String folder = place.path().endsWith("/") ? place.path() : place.path() + "/";
    Cloud.Listing listing = cloud.list(grantId, folder, call.parameters().get("start").orElse(""));
    Accepted accepted =
        new Accepted(
            call.jsSession().has("mimetypes") ? call.jsSession().strings("mimetypes") : List.of());
    List<Map<String, @Nullable Object>> contents = new ArrayList<>();
    for (Cloud.Item item : listing.items()) {
      if (item.folder() || accepted.matches(item.name(), item.mimetype())) {
        contents.add(entry(call, cloud, folder, item));
      }
    }
    String title = folder.equals("/") ? cloud.displayName() : name(folder);
    return Response.json(
            200,
            Json.object(
                "contents",
                contents,
                "next",
                listing.next().isEmpty() ? null : listing.next(),
                "filename",
                title,
                "view",
                "list",
                "client",
                cloud.displayName()))
        .with("Set-Cookie", Sessions.cookie(call.request(), call.session()));
  }

  private Map<String, @Nullable Object> entry(
      OldCalls.OldCall call, Cloud cloud, String folder, Cloud.Item item) {
    String path =
        "/"
            + cloud.root()
            + PercentCoding.encodePath(folder + item.name())
            + (item.folder() ? "/" : "");
    return Json.object(
        "filename",
        item.name(),
        "link_path",
        path,
        "mimetype",
        item.folder() ? null : item.mimetype(),
        "modified",
        CloudApi.MODIFIED.format(item.modified()),
        "size",
        item.folder() ? "" : CloudApi.humanSize(item.size()),
        "thumbnail",
        thumbnails.url(call.request(), call.session(), cloud, item),
        "is_dir",
        item.folder(),
        "count",
        null,
        "thumb_exists",
        item.mimetype().startsWith("image/"));
  }

  private static String name(String folder) {
    String bare = folder.substring(0, folder.length() - 1);
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  /** A link to the file where it is, or a copy where the call names a storage. */
  private Response pick(
      OldCalls.OldCall call, OldCalls.Place place, String grantId, boolean withContent)
      throws Cloud.CloudException, IOException {
    Cloud cloud = place.cloud();
    Cloud.Item item = cloud.at(grantId, place.path());
    if (item.folder()) {
      throw new Cloud.CloudException(Cloud.Problem.NOT_FOUND, "a folder can't be picked");
    }
    FileUrls urls = FileUrls.of(addresses, call.request());
    FileStore.Facts facts =
        new FileStore.Facts(call.app().apikey(), item.name(), item.mimetype(), cloud.displayName());
    try {
      call.grant().requireSize(item.size());
      Filestack.FileLink file =
          call.text("storeLocation").isPresent()
              ? copy(call, cloud, grantId, item, facts, urls)
              : files.link(facts, grantId, cloud, item, place.path(), urls);
      return withContent
          ? content(cloud, grantId, item, file, urls)
          : Response.json(200, blob(file, item.size(), urls));
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    } catch (Storages.NoSuchPlaceException e) {
      return roles.apiError(400, String.valueOf(e.getMessage()));
    }
  }

  private Filestack.FileLink copy(
      OldCalls.OldCall call,
      Cloud cloud,
      String grantId,
      Cloud.Item item,
      FileStore.Facts facts,
      FileUrls urls)
      throws Cloud.CloudException, IOException, RefusedException, Storages.NoSuchPlaceException {
    StoreOptions options = StoreOptions.withOldNames(call::text);
    if (options.namesPlace()) {
      call.grant().requireCall(Call.STORE);
    }
    Filestack.Storage storage = Storages.choose(call.app(), options, call.grant());
    Blob blob = Contents.copied(world, cloud, grantId, item);
    return files.store(facts, blob, storage, urls);
  }

  /** What the caller gets of a file. */
  Map<String, @Nullable Object> blob(Filestack.FileLink file, long size, FileUrls urls) {
    Map<String, @Nullable Object> blob =
        Json.object(
            "url",
            urls.of(file.handle()).in(world.read(s -> s.options)),
            "filename",
            file.filename(),
            "type",
            file.mimetype(),
            "mimetype",
            file.mimetype(),
            "size",
            size,
            "client",
            file.client(),
            "writeable",
            true);
    if (file.source() instanceof Filestack.Stored stored) {
      blob.put("key", stored.place().key());
      blob.put("container", stored.place().container());
    }
    return blob;
  }

  private Response content(
      Cloud cloud, String grantId, Cloud.Item item, Filestack.FileLink file, FileUrls urls)
      throws Cloud.CloudException, IOException {
    Response response =
        Response.of(200, item.mimetype(), cloud.read(grantId, item.id(), 0, item.size()))
            .with("X-Data-Url", urls.of(file.handle()).in(world.read(s -> s.options)))
            .with("X-File-Name", HeaderText.isSafe(item.name()) ? item.name() : "file")
            .with("X-File-Size", Long.toString(item.size()));
    return file.source() instanceof Filestack.Stored stored
        ? response.with("X-Data-Key", stored.place().key())
        : response;
  }
}
