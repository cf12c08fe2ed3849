package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Ranged;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Account;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldLoader;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Amazon accounts, their files and tokens (simulator.md section 5). */
final class AccountCalls {
  private static final long FIVE_GIB = 5L << 30;
  private static final int LONGEST_PATH = 8 * 1024;
  private static final int MOST_NAMES = 200;
  private static final int MOST_GENERATED = 1_000_000;
  private static final String SIMULATOR_CLIENT = "amzn1.application-oa2-client.simulator";

  private final World world;
  private final Tokens tokens;

  AccountCalls(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  Response list(Request request) {
    return Response.json(
        200, world.read(s -> s.accounts.values().stream().map(AccountCalls::json).toList()));
  }

  private static Map<String, @Nullable Object> json(WorldState.Holder holder) {
    Account account = holder.account();
    return Json.object(
        "email",
        account.email(),
        "name",
        account.name(),
        "userId",
        account.userId(),
        "quotaBytes",
        account.quotaBytes(),
        "usedBytes",
        holder.drive().usedBytes());
  }

  Response create(Request request) throws IOException {
    JsonObject json = Bodies.json(request).only("email", "name", "password", "quotaBytes");
    String email = json.string("email");
    long quota = json.optionalLong("quotaBytes").orElse(FIVE_GIB);
    if (email.isBlank() || email.length() > 320 || quota < 0) {
      throw new ControlException(
          400, "an account needs an email of 1 to 320 characters and a quotaBytes of 0 or more");
    }
    WorldState.Holder made =
        world.change(
            s -> {
              if (s.accounts.containsKey(email)) {
                throw new ControlException(409, "there is an account " + email + " already");
              }
              Account account =
                  WorldLoader.newAccount(
                      world,
                      email,
                      json.optionalString("name").orElse(email),
                      json.optionalString("password").orElse("password"),
                      quota);
              WorldState.Holder holder =
                  new WorldState.Holder(account, DriveEditor.newDrive(world.ids(), world.now()));
              s.accounts.put(email, holder);
              return holder;
            });
    return Response.json(201, json(made));
  }

  /** {@code PUT accounts/{email}}: what is named of the account becomes another. */
  Response update(Request request) throws IOException {
    JsonObject json = Bodies.json(request).only("name", "password", "quotaBytes");
    String email = request.variable("email");
    if (json.optionalLong("quotaBytes").orElse(0L) < 0) {
      throw json.wrong("quotaBytes", "a drive has 0 bytes or more");
    }
    return Response.json(
        200,
        json(
            world.change(
                s -> {
                  WorldState.Holder before = holder(s, email);
                  Account account = before.account();
                  WorldState.Holder now =
                      new WorldState.Holder(
                          new Account(
                              email,
                              json.optionalString("name").orElse(account.name()),
                              json.optionalString("password").orElse(account.password()),
                              account.userId(),
                              json.optionalLong("quotaBytes").orElse(account.quotaBytes())),
                          before.drive());
                  s.accounts.put(email, now);
                  return now;
                })));
  }

  Response delete(Request request) {
    String email = request.variable("email");
    world.change(
        s -> {
          holder(s, email);
          s.login.revokeAll(email);
          s.login.signIns.values().removeIf(email::equals);
          return s.accounts.remove(email);
        });
    return Response.of(204);
  }

  private static WorldState.Holder holder(WorldState state, String email) {
    return state
        .account(email)
        .orElseThrow(() -> ControlException.unknown("account", email, state.accounts.keySet()));
  }

  Response files(Request request) {
    String email = request.variable("email");
    // The digest of generated content takes its time: it is computed when the lock is free again.
    Map<String, Node> nodes =
        world.read(
            s -> {
              Drive drive = holder(s, email).drive();
              Map<String, Node> found = new LinkedHashMap<>();
              addChildren(drive, drive.root(), "", found);
              return found;
            });
    List<Map<String, @Nullable Object>> list = new ArrayList<>(nodes.size());
    nodes.forEach((path, node) -> list.add(file(path, node)));
    return Response.json(200, list);
  }

  private static void addChildren(Drive drive, Node folder, String path, Map<String, Node> found) {
    for (Node child : drive.children(folder.id())) {
      String childPath = path + "/" + child.nameOrEmpty();
      found.put(childPath, child);
      if (child.isFolder()) {
        addChildren(drive, child, childPath, found);
      }
    }
  }

  private static Map<String, @Nullable Object> file(String path, Node node) {
    Map<String, @Nullable Object> json =
        Json.object("path", path, "id", node.id(), "kind", node.kind().name());
    Node.Content content = node.content();
    if (content != null) {
      json.put("size", content.blob().size());
      json.put("md5", content.blob().md5());
      json.put("contentType", content.contentType());
    }
    return json;
  }

  Response putFile(Request request) throws IOException {
    String email = request.variable("email");
    String path = path(request);
    world.read(s -> holder(s, email));
    if (path.endsWith("/")) {
      return putFolder(email, path);
    }
    Blob blob;
    try (InputStream in = request.body().openStream()) {
      blob = world.blobs().store(in, Long.MAX_VALUE);
    }
    Node node =
        world.change(
            s -> {
              WorldState.Holder holder = holder(s, email);
              long quota = holder.account().quotaBytes();
              if (holder.drive().usedBytes() + blob.size() > quota) {
                throw new ControlException(
                    409, "the drive's quota of " + quota + " bytes is too small; raise quotaBytes");
              }
              return put(() -> editor(holder.drive()).putFile(path, blob));
            });
    return Response.json(201, file(path, node));
  }

  private Response putFolder(String email, String path) {
    Node folder = world.change(s -> put(() -> editor(holder(s, email).drive()).putFolder(path)));
    return Response.json(201, file(path.substring(0, path.length() - 1), folder));
  }

  private static Node put(java.util.function.Supplier<Node> action) {
    try {
      return action.get();
    } catch (DriveEditor.NameTakenException e) {
      throw new ControlException(
          409,
          "\""
              + e.existing().nameOrEmpty()
              + "\" is a "
              + (e.existing().isFolder() ? "folder" : "file")
              + " there; choose another path");
    }
  }

  private DriveEditor editor(Drive drive) {
    return new DriveEditor(drive, world.ids(), world.now());
  }

  Response getFile(Request request) {
    Node node = nodeAt(request);
    Node.Content content = Objects.requireNonNull(node.content());
    return Ranged.response(
        request, content.contentType(), content.blob().size(), content.blob()::body);
  }

  private Node nodeAt(Request request) {
    String email = request.variable("email");
    String path = path(request);
    Node node =
        world
            .read(s -> holder(s, email).drive().atPath(path))
            .orElseThrow(() -> new ControlException(404, "there is no file " + path));
    if (node.content() == null) {
      throw new ControlException(400, path + " is a folder; name a file");
    }
    return node;
  }

  Response deleteFile(Request request) {
    String email = request.variable("email");
    String path = path(request);
    world.change(
        s -> {
          Drive drive = holder(s, email).drive();
          Node node =
              drive
                  .atPath(path)
                  .orElseThrow(() -> new ControlException(404, "there is no file " + path));
          if (node.isRoot()) {
            throw new ControlException(400, "the root can't be removed");
          }
          editor(drive).purge(node);
          return node;
        });
    return Response.of(204);
  }

  /** The path in the drive; each segment is one name, which no trick turns into another place. */
  private static String path(Request request) {
    StringBuilder path = new StringBuilder();
    for (String raw : request.variable("path").split("/", -1)) {
      String name = PercentCoding.decode(raw);
      if (name.equals("..")
          || name.equals(".")
          || name.indexOf('/') >= 0
          || name.indexOf('\0') >= 0) {
        throw new ControlException(
            400, "a path holds names alone: no .., no encoded slash, no NUL");
      }
      path.append('/').append(name);
    }
    List<String> names = Drive.names(path.toString());
    if (path.length() > LONGEST_PATH || names.isEmpty() || names.size() > MOST_NAMES) {
      throw new ControlException(
          400,
          "a path has 1 to " + LONGEST_PATH + " characters and at most " + MOST_NAMES + " names");
    }
    for (String name : names) {
      if (name.length() > 256) {
        throw new ControlException(400, "a name has at most 256 characters");
      }
    }
    return path.toString();
  }

  Response generate(Request request) throws IOException {
    String email = request.variable("email");
    JsonObject json = Bodies.json(request).only("folder", "count", "size", "seed");
    String folder = json.optionalString("folder").orElse("/");
    long count = json.longValue("count");
    long size = json.optionalLong("size").orElse(1024L);
    long seed = json.optionalLong("seed").orElse(1L);
    if (count < 0 || count > MOST_GENERATED || size < 0) {
      throw new ControlException(
          400, "count is 0 to " + MOST_GENERATED + ", size is 0 or more bytes");
    }
    int made =
        world.change(
            s -> {
              WorldState.Holder holder = holder(s, email);
              long free = holder.account().quotaBytes() - holder.drive().usedBytes();
              if (count > 0 && size > free / count) {
                throw new ControlException(
                    409, "the drive has " + free + " bytes left; raise quotaBytes");
              }
              DriveEditor editor = editor(holder.drive());
              Node parent = editor.putFolder(folder);
              for (long i = 0; i < count; i++) {
                Blob blob = world.blobs().generated(size, seed + i);
                String name = "file-%07d.bin".formatted(i);
                put(
                    () ->
                        editor.createFile(
                            List.of(parent.id()),
                            name,
                            DriveEditor.OWN_APP,
                            Node.Attributes.NONE,
                            blob));
              }
              return (int) count;
            });
    return Response.json(201, Json.object("folder", folder, "count", made));
  }

  Response tokens(Request request) throws IOException {
    String email = request.variable("email");
    JsonObject json = Bodies.optionalJson(request).only("clientId", "scope", "expiresIn");
    String clientId = json.optionalString("clientId").orElse(SIMULATOR_CLIENT);
    String scope = json.optionalString("scope").orElse("clouddrive:read_all clouddrive:write");
    long expiresIn = json.optionalLong("expiresIn").orElse(Tokens.ACCESS_TOKEN_LIFE.toSeconds());
    if (expiresIn < 1 || expiresIn > 10L * 365 * 24 * 3600) {
      throw json.wrong("expiresIn", "seconds are expected, from 1 to ten years");
    }
    List<String> scopes = List.of(scope.strip().split("\\s+"));
    world.read(
        s -> {
          holder(s, email);
          if (!s.login.clients.containsKey(clientId)) {
            throw ControlException.unknown("client", clientId, s.login.clients.keySet());
          }
          return null;
        });
    for (String each : scopes) {
      if (!WorldLoader.SCOPES.contains(each)) {
        throw ControlException.unknown("scope", each, WorldLoader.SCOPES);
      }
    }
    return Response.json(
        200, tokens.issue(clientId, email, scopes, Duration.ofSeconds(expiresIn)).toJson());
  }

  Response revoke(Request request) {
    String email = request.variable("email");
    world.change(
        s -> {
          holder(s, email);
          s.login.revokeAll(email);
          return null;
        });
    return Response.of(204);
  }
}
