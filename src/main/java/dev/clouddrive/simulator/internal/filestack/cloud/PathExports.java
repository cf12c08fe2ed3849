package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;

/** The old cloud API's export: saving a file into the user's cloud (filestack-files.md 7). */
final class PathExports {
  private static final int FORM_LIMIT = 256 * 1024;
  private static final int MOST_RENAMES = 1_000;

  private final World world;
  private final FilestackRoles roles;
  private final Addresses addresses;
  private final FileStore files;
  private final Events events;
  private final OldCalls calls;
  private final Sources sources;

  PathExports(
      World world,
      FilestackRoles roles,
      Addresses addresses,
      FileStore files,
      Events events,
      OldCalls calls,
      Sources sources) {
    this.world = world;
    this.roles = roles;
    this.addresses = addresses;
    this.files = files;
    this.events = events;
    this.calls = calls;
    this.sources = sources;
  }

  List<Route> routes() {
    return List.of(
        Route.of("path.export", "POST", "/api/path/{path...}", roles.api(), this::export));
  }

  /** Where a file is to go. */
  private record Target(Cloud cloud, String folder, String filename) {}

  private Response export(Request request) throws IOException {
    OldCalls.OldCall call = calls.read(request, request.form(FORM_LIMIT), Call.STORE);
    Target target = target(request.variable("path"));
    return calls.answer(
        call, target.cloud(), "Folder not found", grantId -> saved(call, target, grantId));
  }

  private Response saved(OldCalls.OldCall call, Target target, String grantId)
      throws Cloud.CloudException, IOException {
    Request request = call.request();
    String url =
        call.text("url").orElseThrow(() -> calls.error(400, "The parameter url is missing"));
    Sources.Fetched source;
    try {
      source = sources.fetch(request, url, Headers.EMPTY);
      call.grant().requireSize(source.blob().size());
    } catch (Sources.UnreadableException e) {
      return roles.apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    }
    Target named = withExtension(target, source.filename());
    String mimetype = call.text("mimetype").orElse(source.mimetype());
    Cloud.Item saved = save(grantId, named, mimetype, source.blob());
    return answer(request, call.app(), grantId, named, saved, url);
  }

  private Cloud.Item save(String grantId, Target target, String mimetype, Blob blob)
      throws Cloud.CloudException, IOException {
    Cloud cloud = target.cloud();
    Cloud.Item folder = cloud.at(grantId, target.folder());
    if (!folder.folder()) {
      throw new Cloud.CloudException(Cloud.Problem.NOT_FOUND, "not a folder");
    }
    String name = target.filename();
    for (int i = 1; i <= MOST_RENAMES; i++) {
      try {
        return cloud.upload(grantId, folder.id(), name, mimetype, blob.body());
      } catch (Cloud.CloudException e) {
        String onConflict = world.option(Options.EXPORT_ON_CONFLICT);
        boolean nameTaken = e.problem() == Cloud.Problem.NAME_TAKEN;
        if (!nameTaken || onConflict.equals("fail")) {
          throw e;
        }
        if (onConflict.equals("overwrite")) {
          return cloud.overwrite(
              grantId, e.existingId().orElseThrow(() -> e), mimetype, blob.body());
        }
        name = numbered(target.filename(), i);
      }
    }
    throw new Cloud.CloudException(Cloud.Problem.NAME_TAKEN, "no free name was found");
  }

  /** {@code newFile.jpg} becomes {@code newFile (1).jpg}. */
  private static String numbered(String filename, int number) {
    int dot = filename.lastIndexOf('.');
    return dot <= 0
        ? filename + " (" + number + ")"
        : filename.substring(0, dot) + " (" + number + ")" + filename.substring(dot);
  }

  private Response answer(
      Request request,
      Filestack.App app,
      String grantId,
      Target target,
      Cloud.Item saved,
      String url) {
    Cloud cloud = target.cloud();
    FileUrls urls = FileUrls.of(addresses, request);
    String folder = target.folder().endsWith("/") ? target.folder() : target.folder() + "/";
    Filestack.FileLink link =
        files.linkSilently(
            new FileStore.Facts(app.apikey(), saved.name(), saved.mimetype(), cloud.displayName()),
            grantId,
            cloud,
            saved,
            folder + saved.name());
    events.exported(app.apikey(), url, cloud.displayName(), saved.name(), urls.of(link.handle()));
    return Response.json(
        200,
        Json.object(
            "url",
            urls.of(link.handle()).in(world.read(state -> state.options)),
            "filename",
            saved.name(),
            "type",
            saved.mimetype(),
            "size",
            saved.size(),
            "client",
            cloud.displayName(),
            "writeable",
            true));
  }

  /** A name without an extension gets the source's. */
  private static Target withExtension(Target target, String sourceName) {
    String extension = MediaTypes.extensionOf(sourceName);
    return MediaTypes.extensionOf(target.filename()).isEmpty() && !extension.isEmpty()
        ? new Target(target.cloud(), target.folder(), target.filename() + "." + extension)
        : target;
  }

  private Target target(String rawPath) {
    OldCalls.Place place = calls.place(rawPath);
    int slash = place.path().lastIndexOf('/');
    String filename = place.path().substring(slash + 1);
    if (filename.isEmpty()) {
      throw calls.error(400, "The path names no file");
    }
    return new Target(place.cloud(), place.path().substring(0, Math.max(slash, 1)), filename);
  }
}
