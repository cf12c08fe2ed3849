package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Handler;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The File API (filestack-files.md 3.1). */
public final class FileApi {
  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final Security security;
  private final FileReader files;
  private final FileStore store;
  private final Sources sources;
  private final Metadata metadata;

  public FileApi(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Security security,
      FileReader files,
      FileStore store,
      Sources sources) {
    this.world = world;
    this.roles = roles;
    this.applications = applications;
    this.addresses = addresses;
    this.security = security;
    this.files = files;
    this.store = store;
    this.sources = sources;
    this.metadata = new Metadata(world);
  }

  public List<Route> routes() {
    String path = "/api/file/{handle}";
    var role = roles.api();
    return List.of(
        Route.of("file.read", "GET", path, role, answering(this::read)),
        Route.of("file.metadata", "GET", path + "/metadata", role, answering(this::metadata)),
        Route.of("file.overwrite", "POST", path, role, answering(this::overwrite)),
        // filestack-ruby overwrites so (filestack-files.md 11 #30).
        Route.of("file.overwritePut", "PUT", path, role, answering(this::overwrite)),
        Route.of("file.remove", "DELETE", path, role, answering(this::remove)),
        Route.of("file.removePost", "POST", path + "/remove", role, answering(this::remove)));
  }

  @FunctionalInterface
  private interface Guarded {
    Response handle(Request request) throws IOException, RefusedException;
  }

  /** Words in this host's way what can't be had, read or allowed. */
  private Handler answering(Guarded handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (FileContent.FileUnavailableException e) {
        return roles.apiError(e.status(), String.valueOf(e.getMessage()));
      } catch (Sources.UnreadableException e) {
        return roles.apiError(e.status(), String.valueOf(e.getMessage()));
      } catch (Submission.MalformedException | Base64Content.MalformedException e) {
        return roles.apiError(400, String.valueOf(e.getMessage()));
      } catch (RefusedException e) {
        return roles.apiRefusal(e);
      }
    };
  }

  private Response read(Request request) throws IOException, RefusedException {
    Filestack.FileLink file = file(request);
    security.admit(app(file), Credentials.of(request), Optional.of(file.handle()), Call.READ);
    return FileHeaders.deliver(request, files.open(file));
  }

  private Response metadata(Request request) throws IOException, RefusedException {
    // "key" is a flag here as well (filestack-files.md 3.4).
    boolean flag = request.query().get("key").filter("true"::equals).isPresent();
    return describe(request, flag ? files.require(request.variable("handle")) : file(request));
  }

  /**
   * The facts of a file as JSON, for the CDN's route too. EXIF needs a policy that names it,
   * whether security is on or off.
   */
  public Response describe(Request request, Filestack.FileLink file)
      throws IOException, RefusedException {
    Optional<String> handle = Optional.of(file.handle());
    Credentials credentials = Credentials.of(request);
    if (Metadata.asksForExif(request.query())) {
      security.demand(app(file), credentials, handle, Call.EXIF);
    } else {
      security.admit(app(file), credentials, handle, Call.STAT);
    }
    return Response.json(200, metadata.of(file, files.open(file), request.query()));
  }

  /** Some facts of a file, or those that need no reading. */
  public Map<String, @Nullable Object> facts(
      Filestack.FileLink file, FileContent content, List<String> names) throws IOException {
    String query = String.join("&", names.stream().map(name -> name + "=true").toList());
    return metadata.of(file, content, Parameters.parse(query));
  }

  /** {@code POST /file/H}: new bytes for a handle (filestack-files.md 3.5). */
  private Response overwrite(Request request) throws IOException, RefusedException {
    Filestack.FileLink file = file(request);
    if (!Submission.hasFields(request)) {
      // Nothing is read for a caller who may not write.
      demandWrite(request, file, Credentials.NONE, Call.WRITE);
    }
    Submission sent = Submission.read(request, world.blobs());
    Grant grant =
        demandWrite(
            request,
            file,
            Credentials.of(sent.fields()),
            sent.url().isPresent() ? Call.WRITE_URL : Call.WRITE);
    Blob blob;
    String mimetype;
    if (sent.url().isPresent()) {
      Sources.Fetched fetched = sources.fetch(request, sent.url().get(), Headers.EMPTY);
      blob = fetched.blob();
      mimetype = fetched.mimetype();
    } else {
      blob = content(request, sent);
      mimetype = sent.mimetype();
    }
    grant.requireSize(blob.size());
    Filestack.FileLink changed = replace(file, blob, sent.parameter(request, "mimetype"), mimetype);
    FileContent now = files.open(changed);
    FileUrls urls = FileUrls.of(addresses, request);
    store.overwritten(changed, now, urls);
    return Response.json(
        200,
        Json.object(
            "url",
            urls.of(changed.handle()).in(world.read(s -> s.options)),
            "mimetype",
            now.mimetype(),
            "isWriteable",
            true,
            "size",
            now.size(),
            "filename",
            now.filename()));
  }

  private Grant demandWrite(Request request, Filestack.FileLink file, Credentials inBody, Call call)
      throws RefusedException {
    return security.demand(
        app(file), Credentials.of(request).or(inBody), Optional.of(file.handle()), call);
  }

  private Blob content(Request request, Submission sent) throws IOException {
    Blob blob = sent.content().orElseThrow();
    return sent.parameter(request, "base64decode").orElse("").equals("true")
        ? Base64Content.decode(blob, world.blobs())
        : blob;
  }

  /** Of a symlink it is the file in the user's cloud that changes. */
  private Filestack.FileLink replace(
      Filestack.FileLink file, Blob blob, Optional<String> asked, String mimetype)
      throws IOException {
    String type = Submission.mimetype(asked, mimetype);
    boolean keep = asked.isEmpty() && world.option(Options.OVERWRITE_KEEP_MIMETYPE);
    if (file.source() instanceof Filestack.Symlink link) {
      files.overwrite(link, keep ? file.mimetype() : type, blob);
      return file;
    }
    return store.overwrite(file, blob, keep ? null : type);
  }

  /** {@code DELETE /file/H} (filestack-files.md 3.6). */
  private Response remove(Request request) throws IOException, RefusedException {
    Filestack.FileLink file = file(request);
    Credentials inForm =
        request.method().equals("POST")
            ? Credentials.of(request.form(64 * 1024))
            : Credentials.NONE;
    Credentials credentials = Credentials.of(request).or(inForm);
    Optional<String> handle = Optional.of(file.handle());
    if (world.option(Options.SECURITY_LEGACY_OPEN_DELETE)) {
      security.admit(app(file), credentials, handle, Call.REMOVE);
    } else {
      security.demand(app(file), credentials, handle, Call.REMOVE);
    }
    boolean keepObject = request.query().get("skip_storage").orElse("").equals("true");
    store.remove(file, keepObject, FileUrls.of(addresses, request));
    return Response.html(200, "success");
  }

  /** A key is not required, but a wrong one is refused. */
  private Filestack.FileLink file(Request request) throws FileContent.FileUnavailableException {
    if (request
        .query()
        .nonEmpty("key")
        .filter(key -> applications.byKey(key).isEmpty())
        .isPresent()) {
      throw new ResponseException(roles.invalidApplication());
    }
    return files.require(request.variable("handle"));
  }

  private Filestack.App app(Filestack.FileLink file) {
    return applications.of(file);
  }
}
