package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Handler;
import dev.clouddrive.simulator.internal.http.Operation;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Role;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.world.World;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations of the Drive REST API v1 (amazon-cloud-drive.md 3). */
public final class DriveApi {
  static final String METADATA_HOST = "cdws.us-east-1.amazonaws.com";

  /** Where temporary links lead: a host of its own, as the service's object store [guess]. */
  static final String OBJECT_STORE_HOST = "cd-us-prod-content.s3.amazonaws.com";

  static final String CONTENT_HOST = "content-na.drive.amazonaws.com";

  private static final Role.Errors ERRORS =
      new Role.Errors(
          request -> DriveErrors.unknownOperation(),
          request -> DriveErrors.gatewayResponse(405, "Method not allowed"),
          request -> DriveErrors.gatewayResponse(400, "Cannot read from request."),
          request -> DriveErrors.gatewayResponse(413, "Request entity too large"),
          request -> DriveErrors.gatewayResponse(500, "Internal failure"),
          (status, request) -> DriveErrors.byStatus(status));

  static final Role METADATA =
      new Role(
          "amazon.drive",
          Set.of("drive.amazonaws.com", METADATA_HOST, "cdws.eu-west-1.amazonaws.com"),
          ERRORS,
          false,
          true);

  static final Role CONTENT =
      new Role(
          "amazon.content",
          Set.of(CONTENT_HOST, "content-eu.drive.amazonaws.com"),
          ERRORS,
          false,
          true);

  static final Role OBJECT_STORE =
      new Role(
          "amazon.objectStore",
          Set.of(OBJECT_STORE_HOST),
          new Role.Errors(
              request -> Contents.objectStoreError(404, "NoSuchKey", "There is no such key"),
              request -> Contents.objectStoreError(405, "MethodNotAllowed", "Not for this"),
              request -> Contents.objectStoreError(400, "IncompleteBody", "The body ended early"),
              request -> Contents.objectStoreError(400, "EntityTooLarge", "Too large"),
              request -> Contents.objectStoreError(500, "InternalError", "Please try again"),
              (status, request) ->
                  Contents.objectStoreError(status, "ServiceUnavailable", "Please try again")),
          true,
          true);

  private DriveApi() {}

  /** Every host name of the drive's. */
  public static Set<String> hosts() {
    return Stream.of(METADATA, CONTENT, OBJECT_STORE)
        .flatMap(role -> role.hosts().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  public static List<Route> routes(World world, Tokens tokens, Addresses addresses) {
    DriveAccess access = new DriveAccess(world, tokens);
    NodeAnswers answers = new NodeAnswers(world, addresses);
    Accounts accounts = new Accounts(access, addresses);
    NodeList lists = new NodeList(access, answers);
    Nodes nodes = new Nodes(access, answers, addresses);
    Properties properties = new Properties(access, addresses);
    Changes changes = new Changes(access);
    Contents contents = new Contents(access, answers);
    world.onRestart(contents::resume);
    return List.of(
        metadata("account.endpoint", "GET", "/account/endpoint", accounts::endpoint),
        metadata("account.info", "GET", "/account/info", accounts::info),
        metadata("account.quota", "GET", "/account/quota", accounts::quota),
        metadata("account.usage", "GET", "/account/usage", accounts::usage),
        metadata("nodes.list", "GET", "/nodes", lists::list),
        metadata("nodes.create", "POST", "/nodes", nodes::createFolder),
        metadata("nodes.get", "GET", "/nodes/{id}", nodes::get),
        metadata("nodes.patch", "PATCH", "/nodes/{id}", nodes::patch),
        metadata("nodes.purge", "DELETE", "/nodes/{id}", nodes::purge),
        metadata("children.list", "GET", "/nodes/{id}/children", lists::children),
        metadata("children.move", "POST", "/nodes/{id}/children", nodes::move),
        metadata("children.add", "PUT", "/nodes/{id}/children/{childId}", nodes::addChild),
        metadata("children.remove", "DELETE", "/nodes/{id}/children/{childId}", nodes::removeChild),
        metadata("properties.list", "GET", "/nodes/{id}/properties/{owner}", properties::list),
        metadata("properties.get", "GET", "/nodes/{id}/properties/{owner}/{key}", properties::get),
        metadata("properties.put", "PUT", "/nodes/{id}/properties/{owner}/{key}", properties::put),
        metadata(
            "properties.delete",
            "DELETE",
            "/nodes/{id}/properties/{owner}/{key}",
            properties::delete),
        // What is left of a property's path when its owner is empty.
        metadata("properties.putUnowned", "PUT", "/nodes/{id}/properties/{key}", DriveApi::unknown),
        metadata(
            "properties.deleteUnowned",
            "DELETE",
            "/nodes/{id}/properties/{key}",
            DriveApi::unknown),
        metadata("trash.list", "GET", "/trash", lists::trash),
        metadata("trash.put", "PUT", "/trash/{id}", nodes::trash),
        metadata("trash.restore", "POST", "/trash/{id}/restore", nodes::restore),
        metadata("changes", "POST", "/changes", changes::changes),
        metadata("unknown", Operation.ANY_METHOD, "/{path...}", DriveApi::unknown),
        content("content.upload", "POST", "/nodes", contents::upload),
        content("content.overwrite", "PUT", "/nodes/{id}/content", contents::overwrite),
        content("content.download", "GET", "/nodes/{id}/content", contents::download),
        content("content.unknown", Operation.ANY_METHOD, "/{path...}", DriveApi::unknown),
        Route.of(
            "drive.content.tempLink",
            "GET",
            "/templink/{token}",
            OBJECT_STORE,
            contents::tempLink));
  }

  private static Route metadata(String name, String method, String path, Handler handler) {
    return Route.of("drive." + name, method, "/drive/v1" + path, METADATA, handler);
  }

  private static Route content(String name, String method, String path, Handler handler) {
    return Route.of("drive." + name, method, "/cdproxy" + path, CONTENT, handler);
  }

  private static Response unknown(Request request) {
    return DriveErrors.unknownOperation();
  }
}
