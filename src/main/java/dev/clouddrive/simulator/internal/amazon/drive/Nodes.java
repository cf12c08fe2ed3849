package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The metadata calls: account and nodes (amazon-cloud-drive.md 3.1 to 3.4). */
final class Nodes {
  private static final int PAGE = 200;
  private static final int JSON_LIMIT = 1024 * 1024;

  private final World world;
  private final Tokens tokens;
  private final Addresses addresses;
  private final DriveErrors errors;

  Nodes(World world, Tokens tokens, Addresses addresses) {
    this.world = world;
    this.tokens = tokens;
    this.addresses = addresses;
    this.errors = new DriveErrors(world.ids());
  }

  /** {@code GET account/endpoint}: two URLs that end in a slash. */
  Response endpoint(Request request) {
    Caller.of(request, tokens).mayRead("getAccountEndpoint");
    return Response.json(
        200,
        Json.object(
            "customerExists",
            true,
            "contentUrl",
            addresses.of(request, DriveApi.CONTENT_HOST) + "/cdproxy/",
            "metadataUrl",
            addresses.of(request, DriveApi.METADATA_HOST) + "/drive/v1/"));
  }

  /** {@code GET nodes} */
  Response list(Request request) {
    Caller caller = Caller.of(request, tokens).mayRead("listNodes");
    Parameters query = request.query();
    NodeFilter filter = filter(query);
    int limit = limit(query);
    String after = after(query);
    Instant now = world.now();
    return Response.json(
        200,
        world.read(
            s -> {
              Drive drive = s.account(caller.email()).orElseThrow(this::noCustomer).drive();
              return page(drive, filter, after, limit, now);
            }));
  }

  private Map<String, @Nullable Object> page(
      Drive drive, NodeFilter filter, String after, int limit, Instant now) {
    List<Node> nodes;
    int count;
    if (filter.isParentOnly()) {
      String parent = filter.parent().orElseThrow();
      // One more than asked for tells whether there is a next page.
      nodes = drive.children(parent, after, limit + 1);
      count = drive.childCount(parent);
    } else {
      List<Node> matches = matches(drive, filter);
      count = matches.size();
      int from = after.isEmpty() ? 0 : position(after);
      nodes = matches.subList(Math.min(from, count), Math.min(from + limit + 1, count));
    }
    boolean more = nodes.size() > limit;
    List<Node> page = more ? nodes.subList(0, limit) : nodes;
    Map<String, @Nullable Object> json = Json.object("count", count);
    if (more) {
      String next =
          filter.isParentOnly()
              ? Drive.place(page.get(limit - 1))
              : Integer.toString((after.isEmpty() ? 0 : position(after)) + limit);
      json.put("nextToken", Paging.token(next, now));
    }
    json.put("data", NodeJson.of(page));
    return json;
  }

  /** Narrows the nodes by what an index knows before each is looked at. */
  private static List<Node> matches(Drive drive, NodeFilter filter) {
    Predicate<Node> predicate = filter.predicate();
    Iterable<Node> candidates;
    if (filter.isRootOnly()) {
      candidates = List.of(drive.root());
    } else if (filter.parent().isPresent() && filter.name().isPresent()) {
      candidates =
          drive.child(filter.parent().get(), filter.name().get()).map(List::of).orElse(List.of());
    } else {
      candidates = drive.nodes();
    }
    List<Node> matches = new ArrayList<>();
    for (Node node : candidates) {
      if (predicate.test(node)) {
        matches.add(node);
      }
    }
    return matches;
  }

  private int position(String after) {
    try {
      return Math.max(0, Integer.parseInt(after));
    } catch (NumberFormatException e) {
      throw errors.badRequest("Next token is invalid");
    }
  }

  private NodeFilter filter(Parameters query) {
    try {
      return NodeFilter.parse(query.get("filters").orElse(""));
    } catch (NodeFilter.SyntaxException e) {
      throw errors.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private int limit(Parameters query) {
    Optional<String> text = query.nonEmpty("limit");
    if (text.isEmpty()) {
      return PAGE;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= PAGE) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below, with the numbers out of range.
    }
    throw errors.badRequest("limit must be between 1 and " + PAGE);
  }

  /** An empty token means the first page. */
  private String after(Parameters query) {
    Optional<String> token = query.nonEmpty("startToken");
    if (token.isEmpty()) {
      return "";
    }
    Paging paging;
    try {
      paging = Paging.parse(token.get());
    } catch (IllegalArgumentException e) {
      throw errors.badRequest("Next token is invalid");
    }
    if (world.now().isAfter(paging.expiresAt())) {
      throw errors.badRequest("Next token is expired");
    }
    return paging.after();
  }

  /** {@code GET nodes/{id}} */
  Response get(Request request) {
    Caller caller = Caller.of(request, tokens).mayRead("getNode");
    String id = request.variable("id");
    Node node =
        world
            .read(s -> s.account(caller.email()).orElseThrow(this::noCustomer).drive().get(id))
            .orElseThrow(() -> errors.unknownNode(id));
    return answer(200, node);
  }

  /** {@code POST nodes} makes a folder. */
  Response createFolder(Request request) throws IOException {
    Caller caller = Caller.of(request, tokens).mayWrite("createNode");
    NewNode asked = newNode(request.body().readAll(JSON_LIMIT), "FOLDER");
    Node node =
        world.change(
            s -> {
              Drive drive = s.account(caller.email()).orElseThrow(this::noCustomer).drive();
              DriveEditor editor = new DriveEditor(drive, world.ids(), world.now());
              try {
                return editor.createFolder(
                    asked.parentsIn(drive, errors), asked.name(), asked.details(caller));
              } catch (DriveEditor.NameTakenException e) {
                throw errors.nameTaken(e);
              }
            });
    return answer(201, node)
        .with(
            "Location",
            addresses.of(request, DriveApi.METADATA_HOST) + "/drive/v1/nodes/" + node.id());
  }

  private NewNode newNode(byte[] json, String kind) {
    try {
      JsonObject object = Json.parseObject(json);
      String given = object.string("kind");
      if (!given.equals(kind)) {
        throw errors.badRequest("kind must be " + kind + " here");
      }
      return NewNode.of(object, errors);
    } catch (JsonException e) {
      throw errors.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** {@code DELETE nodes/{id}} is not for third-party apps. */
  Response purge(Request request) {
    Caller.of(request, tokens);
    throw DriveErrors.insufficientPermissions("purgeNode");
  }

  private RuntimeException noCustomer() {
    return DriveErrors.gateway(403, "Customer does not exist");
  }

  static Response answer(int status, Node node) {
    return Response.json(status, NodeJson.of(node)).with("ETag", "\"" + node.eTag() + "\"");
  }
}
