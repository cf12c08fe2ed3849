package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.Base64Content;
import dev.clouddrive.simulator.internal.filestack.file.FileApi;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.file.FileHeaders;
import dev.clouddrive.simulator.internal.filestack.file.FileNames;
import dev.clouddrive.simulator.internal.filestack.file.FileReader;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Delivery and conversion on the CDN and processing hosts, and the old {@code /convert}. */
public final class ProcessApi {
  /** 30 days (filestack-files.md 3.2). */
  private static final int CACHED_SECONDS = 2_592_000;

  private static final int JSON_LIMIT = 1024 * 1024;

  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final Security security;
  private final FileReader files;
  private final FileStore store;
  private final Sources sources;
  private final FileApi fileApi;
  private final Conversions conversions;
  private final DeliveryCache cache;
  private final ChainParser parser;

  public ProcessApi(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Security security,
      FileReader files,
      FileStore store,
      Sources sources,
      FileApi fileApi,
      Conversions conversions) {
    this.world = world;
    this.roles = roles;
    this.applications = applications;
    this.addresses = addresses;
    this.security = security;
    this.files = files;
    this.store = store;
    this.sources = sources;
    this.fileApi = fileApi;
    this.conversions = conversions;
    this.cache = new DeliveryCache(world);
    this.parser = new ChainParser(key -> applications.byKey(key).isPresent());
  }

  /** The CDN takes every path that no other role has: its routes come last. */
  public List<Route> routes() {
    return List.of(
        Route.of("convert.old", "GET", "/api/file/{handle}/convert", roles.api(), this::oldConvert),
        Route.of("cdn.metadata", "GET", "/{handle}/metadata", roles.cdn(), this::metadata),
        Route.of("process.json", "POST", "/process", roles.cdn(), this::process),
        Route.of("cdn.process", "GET", "/{path...}", roles.cdn(), this::get),
        Route.of("cdn.processPost", "POST", "/{path...}", roles.cdn(), this::post));
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

  private Response get(Request request) throws IOException {
    return answer(request, () -> parser.ofUrl(request.variable("path"), request.rawQuery()));
  }

  private Response post(Request request) throws IOException {
    return answer(
        request,
        () -> {
          Chain chain = parser.ofUrl(request.variable("path"), request.rawQuery());
          if (chain.tasks().isEmpty()) {
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
    try {
      return answer(request, source.parse());
    } catch (ProcessException e) {
      return roles.cdnError(e.status(), String.valueOf(e.getMessage()));
    }
  }

  private Response answer(Request request, Chain chain) throws IOException {
    Credentials credentials = chain.credentials().orElseGet(() -> Credentials.of(request.query()));
    try {
      return run(request, chain, credentials);
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

  private Response run(Request request, Chain chain, Credentials credentials)
      throws IOException, RefusedException, Storages.NoSuchPlaceException {
    Optional<Filestack.App> named = named(chain);
    if (chain.sources().isEmpty()) {
      throw new ProcessException(400, "no source was given");
    }
    String url = shownUrl(request, chain);
    FileUrls urls = FileUrls.of(addresses, request);
    if (chain.store().isEmpty() && !chain.isUncached()) {
      Optional<FileContent> old = old(chain, credentials, url);
      if (old.isPresent()) {
        return delivered(request, chain, old.get());
      }
    }
    List<Origin> origins = origins(request, chain, named, credentials);
    Origin first = origins.get(0);
    FileContent result =
        chain.conversions().isEmpty() ? first.content() : conversions.convert(origins, chain, urls);
    if (chain.store().isPresent()) {
      return stored(chain, chain.store().get(), first, result, credentials, urls);
    }
    if (first.file() != null && !chain.isUncached()) {
      result = cache.remember(url, first.file(), result);
    }
    return delivered(request, chain, result);
  }

  private Optional<Filestack.App> named(Chain chain) throws ProcessException {
    if (chain.apikey().isEmpty()) {
      return Optional.empty();
    }
    Optional<Filestack.App> app = applications.byKey(chain.apikey().get());
    if (app.isEmpty()) {
      throw invalidApplication();
    }
    return app;
  }

  private static ProcessException invalidApplication() {
    return new ProcessException(403, "storage provider error: Invalid Application (idx 0)");
  }

  /** Signers don't tell URLs apart in the cache (filestack-files.md 3.3). */
  private static String shownUrl(Request request, Chain chain) {
    String tasks =
        String.join(
            "/",
            chain.tasks().stream()
                .filter(task -> task.type() != TaskType.SECURITY)
                .map(Task::canonical)
                .toList());
    return tasks + "/" + chain.sources() + request.query().get("dl").orElse("");
  }

  private Optional<FileContent> old(Chain chain, Credentials credentials, String url)
      throws RefusedException {
    if (!(chain.sources().get(0) instanceof SourceRef.Handle handle)) {
      return Optional.empty();
    }
    Optional<Filestack.FileLink> file = files.find(handle.handle());
    if (file.isEmpty()) {
      return cache.removed(url);
    }
    admit(applications.of(file.get()), chain, credentials, Optional.of(file.get().handle()));
    return cache.stale(url, file.get());
  }

  private List<Origin> origins(
      Request request, Chain chain, Optional<Filestack.App> named, Credentials credentials)
      throws IOException, RefusedException {
    List<Origin> origins = new ArrayList<>();
    for (SourceRef ref : chain.sources()) {
      if (ref instanceof SourceRef.Handle handle) {
        Filestack.FileLink file = files.require(handle.handle());
        Filestack.App app = applications.of(file);
        admit(app, chain, credentials, Optional.of(file.handle()));
        origins.add(new Origin(app, files.open(file), file, null));
      } else if (ref instanceof SourceRef.Url url) {
        Filestack.App app = named.orElseThrow(ProcessApi::invalidApplication);
        Grant grant = admit(app, chain, credentials, Optional.empty());
        grant.requireUrl(url.url());
        origins.add(new Origin(app, fetched(request, url), null, url.url()));
      } else {
        throw new ProcessException(404, "file not found");
      }
    }
    return origins;
  }

  private FileContent fetched(Request request, SourceRef.Url url) throws IOException {
    Sources.Fetched fetched = sources.fetch(request, url.url(), url.headers());
    Blob blob = fetched.blob();
    return new FileContent(
        fetched.filename(), fetched.mimetype(), blob.size(), blob.etag(), world.now(), blob::body);
  }

  /** What has to be allowed for the chain (filestack-files.md 6.3). */
  private Grant admit(
      Filestack.App app, Chain chain, Credentials credentials, Optional<String> handle)
      throws RefusedException {
    List<Call> calls = new ArrayList<>();
    if (!chain.conversions().isEmpty()) {
      calls.add(Call.CONVERT);
    }
    if (chain.store().isPresent()) {
      calls.add(Call.STORE);
    }
    if (calls.isEmpty()) {
      calls.add(Call.READ);
    }
    // A policy's handle doesn't limit what is stored.
    Optional<String> limited = chain.store().isPresent() ? Optional.empty() : handle;
    return security.admit(app, credentials, limited, calls.toArray(Call[]::new));
  }

  private Response delivered(Request request, Chain chain, FileContent content) throws IOException {
    String caching =
        chain.isUncached()
            ? "no-cache"
            : "public, max-age=" + chain.expiry().orElse(CACHED_SECONDS);
    return FileHeaders.deliver(request, content)
        .with("Cache-Control", caching)
        .with("X-Content-Type-Options", "nosniff");
  }

  /** A chain that stores answers with the facts of the new file (filestack-files.md 4.4). */
  private Response stored(
      Chain chain,
      StoreOptions options,
      Origin origin,
      FileContent result,
      Credentials credentials,
      FileUrls urls)
      throws IOException, RefusedException, Storages.NoSuchPlaceException {
    Grant grant = admit(origin.app(), chain, credentials, Optional.empty());
    Filestack.Storage storage = Storages.choose(origin.app(), options, grant);
    grant.requireSize(result.size());
    Blob blob = world.blobs().store(result.body());
    if (chain.isStoredBase64()) {
      blob = Base64Content.decode(blob, world.blobs());
    }
    FileStore.Facts facts =
        new FileStore.Facts(
            origin.app().apikey(),
            options.filename().flatMap(FileNames::clean).orElse(result.filename()),
            result.mimetype(),
            origin.file() == null ? "URL" : origin.file().client(),
            origin.url(),
            chain.uploadTags());
    Filestack.FileLink file = store.store(facts, blob, storage, urls);
    Filestack.Place place = ((Filestack.Stored) file.source()).place();
    Map<String, @Nullable Object> answer =
        Json.object(
            "container",
            place.container(),
            "filename",
            file.filename(),
            "handle",
            file.handle(),
            "key",
            place.key(),
            "size",
            blob.size(),
            "type",
            file.mimetype(),
            "url",
            urls.cdn(file.handle()),
            "status",
            store.status(file));
    if (!file.tags().isEmpty()) {
      answer.put("upload_tags", file.tags());
    }
    return Response.json(200, answer);
  }

  private Response oldConvert(Request request) throws IOException {
    boolean unknownKey =
        request.query().get("key").filter(key -> applications.byKey(key).isEmpty()).isPresent();
    if (unknownKey) {
      return roles.invalidApplication();
    }
    try {
      Filestack.FileLink file = files.require(request.variable("handle"));
      Filestack.App app = applications.of(file);
      security.admit(app, Credentials.of(request), Optional.of(file.handle()), Call.CONVERT);
      String path =
          "/api/file/" + file.handle() + "/convert?" + OldConversion.shownQuery(request.query());
      Chain chain =
          new Chain(
              Optional.empty(),
              false,
              OldConversion.tasks(request.query()),
              List.of(new SourceRef.Handle(file.handle())),
              Map.of(),
              path);
      Origin origin = new Origin(app, files.open(file), file, null);
      FileContent content =
          conversions.convert(List.of(origin), chain, FileUrls.of(addresses, request));
      return FileHeaders.deliver(request, content);
    } catch (FileContent.FileUnavailableException e) {
      return roles.apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (ProcessException e) {
      return roles.apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    }
  }
}
