package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.file.Base64Content;
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
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a processing request: who may, on what, with which result for whom. */
final class ChainRunner {
  /** 30 days (filestack-files.md 3.2). */
  private static final int CACHED_SECONDS = 2_592_000;

  private final World world;
  private final Applications applications;
  private final Addresses addresses;
  private final Security security;
  private final FileReader files;
  private final FileStore store;
  private final Sources sources;
  private final Conversions conversions;
  private final SpecialTasks special;
  private final DeliveryCache cache;

  ChainRunner(
      World world,
      Applications applications,
      Addresses addresses,
      Security security,
      FileReader files,
      FileStore store,
      Sources sources,
      Conversions conversions,
      SpecialTasks special) {
    this.world = world;
    this.applications = applications;
    this.addresses = addresses;
    this.security = security;
    this.files = files;
    this.store = store;
    this.sources = sources;
    this.conversions = conversions;
    this.special = special;
    this.cache = new DeliveryCache(world);
  }

  /**
   * @throws IOException of one of the kinds that {@link ProcessApi} words
   */
  Response run(Request request, Chain chain, Credentials credentials)
      throws IOException, RefusedException, Storages.NoSuchPlaceException {
    Optional<Filestack.App> named = named(chain);
    try {
      chain.requireSound();
      return withoutFallback(request, chain, credentials, named);
    } catch (ProcessException
        | FileContent.FileUnavailableException
        | Sources.UnreadableException e) {
      if (chain.fallback().isEmpty()) {
        throw e;
      }
      return fallback(request, chain.fallback().get(), chain, credentials);
    }
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

  static ProcessException invalidApplication() {
    return new ProcessException(403, "storage provider error: Invalid Application (idx 0)");
  }

  /** Another file in place of what could not be made (filestack-files.md 5.4). */
  private Response fallback(Request request, Task task, Chain chain, Credentials credentials)
      throws IOException, RefusedException {
    Filestack.FileLink file =
        files.require(task.text("handle").or(() -> task.text("file")).orElse(""));
    security.admit(applications.of(file), credentials, Optional.of(file.handle()), Call.READ);
    int seconds = task.whole("cache", CACHED_SECONDS);
    return FileHeaders.deliver(request, files.open(file))
        .with("Cache-Control", chain.isUncached() ? "no-cache" : "public, max-age=" + seconds);
  }

  private Response withoutFallback(
      Request request, Chain chain, Credentials credentials, Optional<Filestack.App> named)
      throws IOException, RefusedException, Storages.NoSuchPlaceException {
    if (chain.sources().isEmpty()) {
      throw new ProcessException(400, "no source was given");
    }
    String url = shownUrl(request, chain);
    boolean cacheable =
        chain.store().isEmpty() && !chain.isUncached() && chain.sources().size() == 1;
    if (cacheable) {
      Optional<FileContent> old = old(chain, credentials, url);
      if (old.isPresent()) {
        return delivered(request, chain, old.get());
      }
    }
    List<Origin> origins = origins(request, chain, named, credentials);
    if (origins.size() > 1 && chain.conversions().stream().noneMatch(t -> t.type().takesMany())) {
      throw new ProcessException(400, "several sources need a task that takes them");
    }
    Origin first = origins.get(0);
    FileUrls urls = FileUrls.of(addresses, request);
    Optional<Response> answer = special.answer(request, chain, origins, urls);
    if (answer.isPresent()) {
      return answer.get();
    }
    if (chain.store().isPresent()) {
      return stored(request, chain, chain.store().get(), origins, credentials, urls);
    }
    FileContent result = first.content();
    if (!chain.conversions().isEmpty()) {
      Conversions.Outcome outcome =
          conversions.convert(origins, chain, opener(request, first.app()), urls);
      outcome.tell().run();
      result = outcome.content();
    }
    if (first.file() != null && cacheable) {
      result = cache.remember(url, first.file(), result);
    }
    return delivered(request, chain, result);
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
    Optional<Filestack.Delivered> found =
        file.isPresent() ? cache.stale(url, file.get()) : cache.removed(url);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<Filestack.App> app = applications.byKey(found.get().apikey());
    if (app.isEmpty()) {
      return Optional.empty();
    }
    admit(app.get(), chain, credentials, Optional.of(found.get().handle()));
    return Optional.of(cache.content(found.get()));
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
        Filestack.App app = named.orElseThrow(ChainRunner::invalidApplication);
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

  /** Opens what a task names: a handle of the same application, or a URL. */
  Workbench.Files opener(Request request, Filestack.App app) {
    return name -> {
      if (name.startsWith("http://") || name.startsWith("https://")) {
        return fetched(request, new SourceRef.Url(name, Headers.EMPTY));
      }
      Filestack.FileLink file = files.require(name);
      if (!file.apikey().equals(app.apikey())) {
        throw new ProcessException(404, "file not found");
      }
      return files.open(file);
    };
  }

  /** What has to be allowed for the chain (filestack-files.md 6.3). */
  private Grant admit(
      Filestack.App app, Chain chain, Credentials credentials, Optional<String> handle)
      throws RefusedException {
    List<Call> calls = new ArrayList<>();
    List<Task> tasks = chain.conversions();
    boolean workflow = tasks.stream().anyMatch(task -> task.type().isWorkflow());
    if (workflow) {
      calls.add(Call.RUN_WORKFLOW);
    } else if (!tasks.isEmpty()) {
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
    boolean always = workflow || tasks.stream().anyMatch(task -> task.type().isIntelligence());
    Call[] asked = calls.toArray(Call[]::new);
    return always
        ? security.demand(app, credentials, limited, asked)
        : security.admit(app, credentials, limited, asked);
  }

  private static Response delivered(Request request, Chain chain, FileContent content)
      throws IOException {
    String caching =
        chain.isUncached()
            ? "no-cache"
            : "public, max-age=" + chain.expiry().orElse(CACHED_SECONDS);
    Response response =
        FileHeaders.deliver(request, content)
            .with("Cache-Control", caching)
            .with("X-Content-Type-Options", "nosniff");
    return content.standIn() ? response.with("X-Simulator-Stand-In", "true") : response;
  }

  /** A chain that stores answers with the facts of the new file (filestack-files.md 4.4). */
  private Response stored(
      Request request,
      Chain chain,
      StoreOptions options,
      List<Origin> origins,
      Credentials credentials,
      FileUrls urls)
      throws IOException, RefusedException, Storages.NoSuchPlaceException {
    Origin origin = origins.get(0);
    Grant grant = admit(origin.app(), chain, credentials, Optional.empty());
    Filestack.Storage storage = Storages.choose(origin.app(), options, grant);
    Conversions.Outcome outcome =
        chain.conversions().isEmpty()
            ? new Conversions.Outcome(origin.content(), () -> {})
            : conversions.convert(origins, chain, opener(request, origin.app()), urls);
    FileContent result = outcome.content();
    Blob blob = world.blobs().store(result.body());
    if (chain.isStoredBase64()) {
      blob = Base64Content.decode(blob, world.blobs());
    }
    grant.requireSize(blob.size());
    // Only now is it known that nothing fails any more: a failed chain tells nothing.
    outcome.tell().run();
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
    Map<String, @Nullable Object> jobs =
        special.runWorkflows(origin.app(), chain.workflows(), List.of(file));
    if (!jobs.isEmpty()) {
      answer.put("workflows", jobs);
    }
    return Response.json(200, answer);
  }
}
