package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Handler;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The File API (filestack-files.md 3.1). */
public final class FileApi {
  private final FilestackRoles roles;
  private final Applications applications;
  private final FileReader files;
  private final Metadata metadata;

  public FileApi(World world, FilestackRoles roles, Applications applications, FileReader files) {
    this.roles = roles;
    this.applications = applications;
    this.files = files;
    this.metadata = new Metadata(world);
  }

  public List<Route> routes() {
    return List.of(
        Route.of("file.read", "GET", "/api/file/{handle}", roles.api(), answering(this::read)),
        Route.of(
            "file.metadata",
            "GET",
            "/api/file/{handle}/metadata",
            roles.api(),
            answering(this::metadata)));
  }

  /** Wraps a handler so that a file that can't be had gets this host's error. */
  private Handler answering(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (FileContent.FileUnavailableException e) {
        return roles.apiError(e.status(), String.valueOf(e.getMessage()));
      }
    };
  }

  private Response read(Request request) throws IOException {
    Response refused = refusedKey(request);
    if (refused != null) {
      return refused;
    }
    return FileHeaders.deliver(request, files.open(files.require(request.variable("handle"))));
  }

  private Response metadata(Request request) throws IOException {
    Response refused = refusedKey(request);
    return refused != null ? refused : describe(request, request.variable("handle"));
  }

  /** The facts of a handle as JSON, for the CDN's route too. */
  public Response describe(Request request, String handle) throws IOException {
    Filestack.FileLink file = files.require(handle);
    return Response.json(200, metadata.of(file, files.open(file), request.query()));
  }

  /** A key is not required to read, but a wrong one is refused. */
  private @Nullable Response refusedKey(Request request) {
    boolean unknown =
        request.query().get("key").filter(key -> applications.byKey(key).isEmpty()).isPresent();
    return unknown ? Response.text(403, Applications.INVALID) : null;
  }
}
