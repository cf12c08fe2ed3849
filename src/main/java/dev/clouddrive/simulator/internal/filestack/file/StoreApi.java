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
import dev.clouddrive.simulator.internal.http.Headers;
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

/** The Store API (filestack-files.md 4.1). */
public final class StoreApi {
  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final Security security;
  private final FileReader files;
  private final FileStore store;
  private final Sources sources;

  public StoreApi(
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
  }

  public List<Route> routes() {
    return List.of(
        Route.of("store.upload", "POST", "/api/store/{provider}", roles.api(), this::upload),
        Route.of(
            "store.copy", "POST", "/api/store/{provider}/{handle}", roles.api(), this::upload));
  }

  private Response upload(Request request) throws IOException {
    try {
      // What can't hold a key or a policy besides is not read for a caller who may not store.
      boolean headFirst = !Submission.hasFields(request) || request.query().has("key");
      if (headFirst) {
        admit(request, Map.of(), false);
      }
      Optional<String> copied = request.optionalVariable("handle");
      Submission sent =
          copied.isPresent()
              ? copy(request, copied.get())
              : Submission.read(request, world.blobs());
      return store(request, sent);
    } catch (FileContent.FileUnavailableException e) {
      return roles.apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (Sources.UnreadableException e) {
      return roles.apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (Submission.MalformedException
        | Base64Content.MalformedException
        | Storages.NoSuchPlaceException e) {
      return roles.apiError(400, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return roles.apiRefusal(e);
    }
  }

  /** Who calls, and what the policy lets them. */
  private record Caller(Filestack.App app, Grant grant) {}

  private Caller admit(Request request, Map<String, String> fields, boolean byUrl)
      throws RefusedException {
    Filestack.App app =
        request
            .query()
            .nonEmpty("key")
            .or(() -> Optional.ofNullable(fields.get("key")))
            .flatMap(applications::byKey)
            .orElseThrow(() -> new ResponseException(invalidApplication()));
    Credentials credentials = Credentials.of(request).or(Credentials.of(fields));
    boolean unsaid = fields.isEmpty() && Submission.hasFields(request);
    if (unsaid && credentials.policy().isEmpty()) {
      // The policy may stand in the body; it is looked at once that is read.
      return new Caller(app, Grant.ALL);
    }
    return new Caller(
        app,
        byUrl
            ? security.admit(app, credentials, Call.PICK, Call.STORE, Call.WRITE_URL)
            : security.admit(app, credentials, Call.PICK, Call.STORE));
  }

  private Response invalidApplication() {
    int status = Integer.parseInt(world.option(Options.STORE_INVALID_APP_STATUS));
    return Response.text(status, Applications.INVALID);
  }

  /** What is copied has to be readable for the caller, too. */
  private Submission copy(Request request, String handle) throws IOException, RefusedException {
    Filestack.FileLink file = files.require(handle);
    security.admit(
        applications.of(file), Credentials.of(request), Optional.of(file.handle()), Call.READ);
    FileContent content = files.open(file);
    return new Submission(
        Optional.of(world.blobs().store(content.body())),
        Optional.empty(),
        Optional.of(content.filename()),
        content.mimetype(),
        Map.of("filename", content.filename()));
  }

  private Response store(Request request, Submission sent)
      throws IOException, RefusedException, Storages.NoSuchPlaceException {
    Map<String, String> fields =
        sent.fields().isEmpty() ? Map.of("url", sent.url().orElse("")) : sent.fields();
    Caller caller = admit(request, fields, sent.url().isPresent());
    Filestack.App app = caller.app();
    Grant grant = caller.grant();
    StoreOptions options =
        StoreOptions.withOldNames(name -> sent.parameter(request, name))
            .at(request.variable("provider"));
    Filestack.Storage storage = Storages.choose(app, options, grant);
    Blob blob;
    String name;
    String mimetype = sent.mimetype();
    if (sent.url().isPresent()) {
      Sources.Fetched fetched = sources.fetch(request, sent.url().get(), Headers.EMPTY);
      blob = fetched.blob();
      name = fetched.filename();
      mimetype = fetched.mimetype();
    } else {
      boolean encoded = sent.parameter(request, "base64decode").orElse("").equals("true");
      Blob content = sent.content().orElseThrow();
      blob = encoded ? Base64Content.decode(content, world.blobs()) : content;
      name = sent.filename().orElse("");
    }
    grant.requireSize(blob.size());
    String type = Submission.mimetype(sent.parameter(request, "mimetype"), mimetype);
    String filename =
        options
            .filename()
            .flatMap(FileNames::clean)
            .orElse(name.isEmpty() ? FileNames.untitled(type) : name);
    FileStore.Facts facts =
        new FileStore.Facts(
            app.apikey(),
            filename,
            type,
            world.option(Options.STORE_CLIENT),
            sent.url().orElse(null),
            Map.of());
    FileUrls urls = FileUrls.of(addresses, request);
    return answer(store.store(facts, blob, storage, urls), blob.size(), storage, urls);
  }

  private Response answer(
      Filestack.FileLink file, long size, Filestack.Storage storage, FileUrls urls) {
    Filestack.Place place = ((Filestack.Stored) file.source()).place();
    Options options = world.read(s -> s.options);
    Map<String, @Nullable Object> answer = Json.object();
    if (!storage.isInternal()) {
      answer.put("container", place.container());
    }
    answer.put("url", urls.of(file.handle()).in(options));
    answer.put("filename", file.filename());
    answer.put("key", place.key());
    answer.put("type", file.mimetype());
    answer.put("size", size);
    if (!options.get(Options.WEBHOOK_FLAVOUR).equals("classic")) {
      answer.put("handle", file.handle());
      answer.put("status", store.status(file));
    }
    return Response.json(200, answer);
  }
}
