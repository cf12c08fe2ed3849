package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.file.FileHeaders;
import dev.clouddrive.simulator.internal.filestack.file.FileNames;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The old conversion, {@code /api/file/H/convert} (filestack-files.md 5.6). */
final class OldConvert {
  private static final int FORM_LIMIT = 64 * 1024;

  private final ProcessApi.Parts parts;
  private final ChainRunner runner;
  private final Conversions conversions;

  OldConvert(ProcessApi.Parts parts, ChainRunner runner, Conversions conversions) {
    this.parts = parts;
    this.runner = runner;
    this.conversions = conversions;
  }

  /** Gives the result. */
  Response get(Request request) {
    return answering(
        request,
        request.query(),
        (file, app, outcome) -> {
          outcome.tell().run();
          return FileHeaders.deliver(request, outcome.content());
        });
  }

  /** Stores the result as a new file: both webhooks. */
  Response post(Request request) throws IOException {
    Parameters form = request.query().and(request.form(FORM_LIMIT));
    return answering(
        request, form, (file, app, outcome) -> stored(request, form, app, outcome, file));
  }

  @FunctionalInterface
  private interface Answerer {
    Response answer(Filestack.FileLink file, Filestack.App app, Conversions.Outcome outcome)
        throws IOException, RefusedException, Storages.NoSuchPlaceException;
  }

  private Response answering(Request request, Parameters parameters, Answerer answerer) {
    try {
      Optional<String> key = parameters.nonEmpty("key");
      if (key.isPresent() && parts.applications().byKey(key.get()).isEmpty()) {
        throw new ResponseException(parts.roles().invalidApplication());
      }
      Filestack.FileLink file = parts.files().require(request.variable("handle"));
      Filestack.App app = parts.applications().of(file);
      parts
          .security()
          .admit(
              app,
              Credentials.of(request).or(Credentials.of(parameters)),
              Optional.of(file.handle()),
              Call.CONVERT);
      String path =
          "/api/file/" + file.handle() + "/convert?" + OldConversion.shownQuery(parameters);
      Chain chain =
          new Chain(
              Optional.empty(),
              false,
              OldConversion.tasks(parameters),
              List.of(new SourceRef.Handle(file.handle())),
              Map.of(),
              path,
              null);
      Origin origin = new Origin(app, parts.files().open(file), file, null);
      Conversions.Outcome outcome =
          conversions.convert(
              List.of(origin),
              chain,
              runner.opener(request, app),
              FileUrls.of(parts.addresses(), request));
      return answerer.answer(file, app, outcome);
    } catch (FileContent.FileUnavailableException e) {
      return parts.roles().apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (ProcessException e) {
      return parts.roles().apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (Sources.UnreadableException e) {
      return parts.roles().apiError(e.status(), String.valueOf(e.getMessage()));
    } catch (Storages.NoSuchPlaceException e) {
      return parts.roles().apiError(400, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return parts.roles().apiRefusal(e);
    } catch (IOException e) {
      return parts.roles().apiError(400, "The file could not be converted");
    }
  }

  private Response stored(
      Request request,
      Parameters form,
      Filestack.App app,
      Conversions.Outcome outcome,
      Filestack.FileLink file)
      throws IOException, RefusedException, Storages.NoSuchPlaceException {
    StoreOptions options = StoreOptions.withOldNames(form::nonEmpty);
    Credentials credentials = Credentials.of(request).or(Credentials.of(form));
    Grant grant =
        parts.security().admit(app, credentials, Optional.of(file.handle()), Call.CONVERT);
    Filestack.Storage storage = Storages.choose(app, options, grant);
    FileContent content = outcome.content();
    Blob blob = parts.world().blobs().store(content.body());
    grant.requireSize(blob.size());
    outcome.tell().run();
    FileUrls urls = FileUrls.of(parts.addresses(), request);
    Filestack.FileLink made =
        parts
            .store()
            .store(
                new FileStore.Facts(
                    app.apikey(),
                    options.filename().flatMap(FileNames::clean).orElse(content.filename()),
                    content.mimetype(),
                    file.client()),
                blob,
                storage,
                urls);
    Filestack.Place place = ((Filestack.Stored) made.source()).place();
    Options world = parts.world().read(s -> s.options);
    Map<String, @Nullable Object> answer =
        Json.object(
            "url",
            urls.of(made.handle()).in(world),
            "filename",
            made.filename(),
            "key",
            place.key(),
            "type",
            made.mimetype(),
            "size",
            blob.size());
    if (!storage.isInternal()) {
      answer.put("container", place.container());
    }
    return Response.json(200, answer);
  }
}
