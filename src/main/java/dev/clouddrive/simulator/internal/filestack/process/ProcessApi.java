package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.file.FileApi;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.file.FileHeaders;
import dev.clouddrive.simulator.internal.filestack.file.FileReader;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Delivery and conversion on the CDN and processing hosts, and the old {@code /convert}. */
public final class ProcessApi {
  /** 30 days (filestack-files.md 3.2). */
  private static final String CACHED = "public, max-age=2592000";

  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final FileReader files;
  private final FileApi fileApi;
  private final Conversions conversions;

  public ProcessApi(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      FileReader files,
      FileApi fileApi,
      Events events,
      Map<String, Cloud> clouds) {
    this.roles = roles;
    this.applications = applications;
    this.addresses = addresses;
    this.files = files;
    this.fileApi = fileApi;
    this.conversions = new Conversions(world, files, events, clouds);
  }

  /** The CDN takes every path that no other role has: its routes come last. */
  public List<Route> routes() {
    return List.of(
        Route.of("convert.old", "GET", "/api/file/{handle}/convert", roles.api(), this::oldConvert),
        Route.of("cdn.metadata", "GET", "/{handle}/metadata", roles.cdn(), this::metadata),
        Route.of("cdn.process", "GET", "/{path...}", roles.cdn(), this::deliver));
  }

  private Response metadata(Request request) throws IOException {
    try {
      return fileApi.describe(request, request.variable("handle"));
    } catch (FileContent.FileUnavailableException e) {
      return roles.cdnError(e.status(), words(e));
    }
  }

  private Response deliver(Request request) throws IOException {
    try {
      String path = request.variable("path");
      ProcessingUrl url = ProcessingUrl.parse(path, key -> applications.byKey(key).isPresent());
      if (url.apikey().filter(key -> applications.byKey(key).isEmpty()).isPresent()) {
        return roles.cdnError(403, "storage provider error: Invalid Application (idx 0)");
      }
      Filestack.FileLink file = files.require(url.handle());
      FileContent content =
          url.tasks().isEmpty()
              ? files.open(file)
              : conversions.convert(
                  file, url.tasks(), shownPath(path, url), FileUrls.of(addresses, request));
      return FileHeaders.deliver(request, content)
          .with("Cache-Control", CACHED)
          .with("X-Content-Type-Options", "nosniff");
    } catch (FileContent.FileUnavailableException e) {
      return roles.cdnError(e.status(), words(e));
    } catch (ProcessException e) {
      return roles.cdnError(e.status(), String.valueOf(e.getMessage()));
    }
  }

  /** As it was asked for, without the key. */
  private static String shownPath(String path, ProcessingUrl url) {
    return "/" + url.apikey().map(key -> path.substring(key.length() + 1)).orElse(path);
  }

  private static String words(FileContent.FileUnavailableException e) {
    return e.status() == 404 ? "file not found" : String.valueOf(e.getMessage());
  }

  private Response oldConvert(Request request) throws IOException {
    boolean unknownKey =
        request.query().get("key").filter(key -> applications.byKey(key).isEmpty()).isPresent();
    if (unknownKey) {
      return Response.text(403, Applications.INVALID);
    }
    try {
      Filestack.FileLink file = files.require(request.variable("handle"));
      String path =
          "/api/file/" + file.handle() + "/convert?" + OldConversion.shownQuery(request.query());
      FileContent content =
          conversions.convert(
              file, OldConversion.tasks(request.query()), path, FileUrls.of(addresses, request));
      return FileHeaders.deliver(request, content);
    } catch (FileContent.FileUnavailableException | ProcessException e) {
      int status =
          e instanceof ProcessException p
              ? p.status()
              : ((FileContent.FileUnavailableException) e).status();
      return roles.apiError(status, String.valueOf(e.getMessage()));
    }
  }
}
