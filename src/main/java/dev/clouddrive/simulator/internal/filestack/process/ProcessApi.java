package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.Base64Content;
import dev.clouddrive.simulator.internal.filestack.file.FileApi;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.file.FileReader;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Handler;
import dev.clouddrive.simulator.internal.http.Operation;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Role;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Delivery and conversion on the CDN and processing hosts. */
public final class ProcessApi {
  private static final int JSON_LIMIT = 1024 * 1024;

  private final World world;
  private final FilestackRoles roles;
  private final FileReader files;
  private final FileApi fileApi;
  private final ChainRunner runner;
  private final ChainParser parser;
  private final OldConvert oldConvert;

  /** What the parts of this package work with. */
  public record Parts(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Security security,
      FileReader files,
      FileStore store,
      Sources sources) {}

  public ProcessApi(Parts parts, FileApi fileApi, Conversions conversions, SpecialTasks special) {
    this.world = parts.world();
    this.roles = parts.roles();
    this.files = parts.files();
    this.fileApi = fileApi;
    this.runner =
        new ChainRunner(
            parts.world(),
            parts.applications(),
            parts.addresses(),
            parts.security(),
            parts.files(),
            parts.store(),
            parts.sources(),
            conversions,
            special);
    this.parser = new ChainParser(key -> parts.applications().byKey(key).isPresent());
    this.oldConvert = new OldConvert(parts, runner, conversions);
  }

  /** The CDN takes every path that no other role has: its routes come last. */
  public List<Route> routes() {
    var cdn = roles.cdn();
    String old = "/api/file/{handle}/convert";
    return List.of(
        Route.of("convert.old", "GET", old, roles.api(), oldConvert::get),
        Route.of("convert.oldStore", "POST", old, roles.api(), oldConvert::post),
        // filestack-files.md 11 #36: a slip of the documentation that clients may have copied.
        Route.of("cdn.file", "GET", "/api/file/{path}", cdn, get(0)),
        // What begins as another role's calls is none of the CDN's.
        nowhere("api.unknown", "/api/{rest...}", roles.api()),
        nowhere("upload.unknown", "/multipart/{rest...}", roles.upload()),
        Route.of("cdn.metadata", "GET", "/{handle}/metadata", cdn, this::metadata),
        Route.of("process.json", "POST", "/process", cdn, this::process),
        Route.of("cdn.process", "GET", "/{path...}", cdn, get(0)),
        Route.of("cdn.processPost", "POST", "/{path...}", cdn, get(1)));
  }

  private static Route nowhere(String name, String path, Role role) {
    return Route.of(name, Operation.ANY_METHOD, path, role, r -> role.errors().notFound().apply(r));
  }

  private Response metadata(Request request) throws IOException {
    Filestack.FileLink file;
    try {
      file = files.require(request.variable("handle"));
    } catch (FileContent.FileUnavailableException e) {
      return roles.cdnError(e.status(), words(e));
    }
    try {
      return fileApi.describe(request, file);
    } catch (FileContent.FileUnavailableException e) {
      return roles.cdnError(e.status(), words(e));
    } catch (RefusedException e) {
      return refusal(file.apikey(), Credentials.of(request), e);
    }
  }

  /**
   * A chain in a path.
   *
   * @param leastTasks how many tasks it has to have for the method to be allowed
   */
  private Handler get(int leastTasks) {
    return request ->
        answer(
            request,
            () -> {
              Chain chain = parser.ofUrl(request.variable("path"), request.rawQuery());
              if (chain.tasks().size() < leastTasks && chain.isSound()) {
                throw new ProcessException(405, "method not allowed");
              }
              return chain;
            });
  }

  /** {@code POST /process}: the same as JSON (filestack-files.md 5.2). */
  private Response process(Request request) throws IOException {
    byte[] body = request.body().readAll(JSON_LIMIT);
    return answer(
        request,
        () -> {
          try {
            return parser.ofJson(Json.parseObject(body));
          } catch (JsonException e) {
            throw new ProcessException(400, "invalid JSON: " + e.getMessage());
          }
        });
  }

  @FunctionalInterface
  private interface ChainSource {
    Chain parse() throws ProcessException;
  }

  private Response answer(Request request, ChainSource source) throws IOException {
    Chain chain;
    try {
      chain = source.parse();
    } catch (ProcessException e) {
      return roles.cdnError(e.status(), String.valueOf(e.getMessage()));
    }
    Response response = answer(request, chain);
    return chain.debug() ? debugged(chain, response) : response;
  }

  private Response answer(Request request, Chain chain) throws IOException {
    Credentials credentials = chain.credentials().orElseGet(() -> Credentials.of(request.query()));
    try {
      return runner.run(request, chain, credentials);
    } catch (ProcessException e) {
      return roles.cdnError(e.status(), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return refusal(chain.apikey().orElseGet(() -> ownerOf(chain)), credentials, e);
    } catch (FileContent.FileUnavailableException e) {
      return roles.cdnError(e.status(), words(e));
    } catch (Base64Content.MalformedException e) {
      return roles.cdnError(400, String.valueOf(e.getMessage()));
    } catch (Sources.UnreadableException e) {
      return roles.cdnError(e.status(), String.valueOf(e.getMessage()));
    } catch (Storages.NoSuchPlaceException e) {
      return roles.cdnError(400, "invalid parameter `" + e.parameter() + "` for `store` task");
    }
  }

  private String ownerOf(Chain chain) {
    return !chain.sources().isEmpty() && chain.sources().get(0) instanceof SourceRef.Handle handle
        ? files.find(handle.handle()).map(Filestack.FileLink::apikey).orElse("")
        : "";
  }

  private Response refusal(String apikey, Credentials credentials, RefusedException e) {
    String words =
        e.reason() == RefusedException.Reason.MISSING
            ? "proper credentials were not provided: (signature: \""
                + credentials.signature()
                + "\"; policy \""
                + credentials.policy()
                + "\")"
            : e.words();
    return roles.cdnError(403, "application " + apikey + " policy error: " + words);
  }

  private static String words(FileContent.FileUnavailableException e) {
    return e.status() == 404 ? "file not found" : String.valueOf(e.getMessage());
  }

  /** The outcome as JSON instead of the outcome (filestack-files.md 5.5). */
  private Response debugged(Chain chain, Response response) throws IOException {
    boolean success = response.status() < 300;
    String message =
        success
            ? "OK"
            : (chain.isSound() ? "" : "validation error: ")
                + new String(response.body().readAll(JSON_LIMIT), StandardCharsets.UTF_8).strip();
    Map<String, @Nullable Object> source = Json.object();
    if (!chain.sources().isEmpty()) {
      source.put("url", chain.sources().get(0).shown());
      Optional<Filestack.FileLink> file =
          chain.sources().get(0) instanceof SourceRef.Handle handle
              ? files.find(handle.handle())
              : Optional.empty();
      if (file.isPresent()) {
        source.put("mimetype", file.get().mimetype());
        source.put("size", sizeOf(file.get()));
      }
    }
    return Response.json(
        200,
        Json.object(
            "apikey",
            chain.apikey().orElseGet(() -> ownerOf(chain)),
            "status",
            Json.object("message", message, "http_code", response.status()),
            "start_time",
            world.now(),
            "processing_time",
            "0ms",
            "source",
            source,
            "task_uri",
            chain.taskUri(),
            "debug",
            true,
            "chain",
            null));
  }

  private @Nullable Long sizeOf(Filestack.FileLink file) {
    try {
      return files.open(file).size();
    } catch (IOException e) {
      return null;
    }
  }
}
