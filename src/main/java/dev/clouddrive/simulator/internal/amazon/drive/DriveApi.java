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
  static final String CONTENT_HOST = "content-na.drive.amazonaws.com";

  private static final Role.Errors ERRORS =
      new Role.Errors(
          request -> DriveErrors.unknownOperation(),
          request -> DriveErrors.gatewayResponse(405, "Method not allowed"),
          request -> DriveErrors.gatewayResponse(400, "Cannot read from request."),
          request -> DriveErrors.gatewayResponse(413, "Request entity too large"),
          request -> DriveErrors.gatewayResponse(500, "Internal failure"));

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

  private DriveApi() {}

  /** Every host name of the drive's. */
  public static Set<String> hosts() {
    return Stream.of(METADATA, CONTENT)
        .flatMap(role -> role.hosts().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  public static List<Route> routes(World world, Tokens tokens, Addresses addresses) {
    Nodes nodes = new Nodes(world, tokens, addresses);
    Contents contents = new Contents(world, tokens);
    return List.of(
        metadata("account.endpoint", "GET", "/account/endpoint", nodes::endpoint),
        metadata("nodes.list", "GET", "/nodes", nodes::list),
        metadata("nodes.create", "POST", "/nodes", nodes::createFolder),
        metadata("nodes.get", "GET", "/nodes/{id}", nodes::get),
        metadata("nodes.purge", "DELETE", "/nodes/{id}", nodes::purge),
        content("content.upload", "POST", "/nodes", contents::upload),
        content("content.overwrite", "PUT", "/nodes/{id}/content", contents::overwrite),
        content("content.download", "GET", "/nodes/{id}/content", contents::download),
        metadata("unknown", Operation.ANY_METHOD, "/{path...}", DriveApi::unknown),
        content("content.unknown", Operation.ANY_METHOD, "/{path...}", DriveApi::unknown));
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
