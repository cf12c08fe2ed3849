package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every drive call does: who calls, whose drive, and the vendor's errors for what is not
 * there.
 */
final class DriveAccess {
  private static final int JSON_LIMIT = 1024 * 1024;

  private final World world;
  private final Tokens tokens;
  private final DriveErrors errors;

  DriveAccess(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
    this.errors = new DriveErrors(world.ids());
  }

  World world() {
    return world;
  }

  DriveErrors errors() {
    return errors;
  }

  Caller reader(Request request, String operation) {
    return Caller.of(request, tokens).mayRead(operation);
  }

  Caller writer(Request request, String operation) {
    return Caller.of(request, tokens).mayWrite(operation);
  }

  <T extends @Nullable Object> T read(Caller caller, Function<Drive, T> reader) {
    return world.read(s -> reader.apply(holder(s, caller).drive()));
  }

  /** Changes the caller's drive; a name that is taken is the vendor's 409. */
  <T> T change(Caller caller, BiFunction<Drive, DriveEditor, T> change) {
    return change(caller.email(), change);
  }

  /** As {@link #change(Caller, BiFunction)}, of what goes on without a call. */
  <T> T change(String email, BiFunction<Drive, DriveEditor, T> change) {
    return world.change(
        s -> {
          Drive drive = holder(s, email).drive();
          if (!s.options.get(Options.LIST_LAG).isZero()) {
            drive.keepPast();
          }
          try {
            return change.apply(drive, new DriveEditor(drive, world.ids(), world.now()));
          } catch (DriveEditor.NameTakenException e) {
            throw errors.nameTaken(e);
          }
        });
  }

  WorldState.Holder holder(WorldState state, Caller caller) {
    return holder(state, caller.email());
  }

  private static WorldState.Holder holder(WorldState state, String email) {
    return state
        .account(email)
        .orElseThrow(() -> DriveErrors.gateway(403, "Customer does not exist"));
  }

  Node node(Drive drive, String id) {
    return drive.get(id).orElseThrow(() -> errors.unknownNode(id));
  }

  /** An available folder that is to be a parent. */
  Node parent(Drive drive, String id) {
    return drive
        .get(id)
        .filter(Node::isFolder)
        .filter(Node::isAvailable)
        .orElseThrow(errors::unknownParent);
  }

  /**
   * Makes a node whose {@code localId} was not used before; one that is refused may be tried again
   * with the same (amazon-cloud-drive.md 3.5).
   */
  Node createOnce(Request request, Drive drive, Supplier<Node> creation) {
    Optional<String> localId = request.query().nonEmpty("localId");
    if (localId.filter(drive::knowsLocalId).isPresent()) {
      throw errors.service(409, "Node with the localId " + localId.get() + " already exists", "");
    }
    Node made = creation.get();
    localId.ifPresent(drive::rememberLocalId);
    return made;
  }

  /** The body as JSON, whatever the content type says: clients send none. */
  JsonObject json(Request request) throws IOException {
    try {
      return Json.parseObject(request.body().readAll(JSON_LIMIT));
    } catch (JsonException e) {
      throw badJson(e);
    }
  }

  ResponseException badJson(JsonException e) {
    return errors.badRequest(String.valueOf(e.getMessage()));
  }
}
