package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What changed since a checkpoint: one JSON object a line (amazon-cloud-drive.md 3.12). */
final class Changes {
  private static final int CHUNK = 1_000;
  private static final int MOST_NODES = 20_000;

  private final DriveAccess access;

  Changes(DriveAccess access) {
    this.access = access;
  }

  /** A node that changed, or what is left of it. */
  private record Change(long number, @Nullable Node node, String id) {
    Map<String, @Nullable Object> json() {
      return node != null ? NodeJson.of(node) : Json.object("id", id, "status", "PURGED");
    }
  }

  /** What changed, in its order, and the number of the drive's last change. */
  private record Found(List<Change> changes, long last) {}

  /**
   * What a call asks for.
   *
   * @param since 0 for everything from the start
   */
  private record Ask(long since, boolean reset, int chunk, int most, boolean purged) {}

  /** {@code POST changes} */
  Response changes(Request request) throws IOException {
    Caller caller = access.reader(request, "getChanges");
    JsonObject json = access.json(request);
    Ask ask;
    try {
      ask = ask(json, caller);
    } catch (JsonException e) {
      throw access.badJson(e);
    }
    String end = access.world().option(Options.CHANGES_END);
    if (end.equals("empty")) {
      return Response.of(200, "application/json", Body.EMPTY);
    }
    Found found = access.read(caller, drive -> find(drive, ask));
    return Response.of(200, "application/json", lines(found, caller, ask, end.equals("complete")));
  }

  private Ask ask(JsonObject json, Caller caller) {
    Optional<String> checkpoint = json.optionalString("checkpoint").filter(c -> !c.isEmpty());
    long known = checkpoint.map(c -> Checkpoint.parse(c, caller.email())).orElse(-1L);
    long last = access.read(caller, Drive::changes);
    boolean fresh = known < 0 || known > last;
    return new Ask(
        fresh ? -1 : known,
        fresh,
        (int)
            Math.max(
                1,
                json.optionalLong("chunkSize").map(n -> Math.min(n, CHUNK)).orElse((long) CHUNK)),
        (int)
            Math.max(
                1,
                json.optionalLong("maxNodes")
                    .map(n -> Math.min(n, MOST_NODES))
                    .orElse((long) MOST_NODES)),
        flag(json.value("includePurged")));
  }

  /** Clients send it as a text, others as true. */
  private static boolean flag(@Nullable Object value) {
    return "true".equals(String.valueOf(value));
  }

  private static Body lines(Found found, Caller caller, Ask ask, boolean complete) {
    List<Change> changes = found.changes();
    boolean all = changes.size() <= ask.most();
    List<Change> told = all ? changes : changes.subList(0, ask.most());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < told.size(); from += ask.chunk()) {
      List<Change> chunk = told.subList(from, Math.min(from + ask.chunk(), told.size()));
      long reached = chunk.get(chunk.size() - 1).number();
      line(out, reached, caller, ask.reset() && from == 0, chunk);
    }
    if (all) {
      line(out, found.last(), caller, ask.reset() && told.isEmpty(), List.of());
    }
    if (complete) {
      out.writeBytes("{\"end\":true}\n".getBytes(StandardCharsets.US_ASCII));
    }
    return Body.of(out.toByteArray());
  }

  private static Found find(Drive drive, Ask ask) {
    List<Change> changes = new ArrayList<>();
    for (Node node : drive.nodes()) {
      if (node.change() > ask.since()) {
        changes.add(new Change(node.change(), node, node.id()));
      }
    }
    if (ask.purged() && !ask.reset()) {
      for (Drive.Tombstone purged : drive.tombstones()) {
        if (purged.change() > ask.since()) {
          changes.add(new Change(purged.change(), null, purged.id()));
        }
      }
    }
    changes.sort(Comparator.comparingLong(Change::number));
    return new Found(changes, drive.changes());
  }

  private static void line(
      ByteArrayOutputStream out, long reached, Caller caller, boolean reset, List<Change> chunk) {
    out.writeBytes(
        Json.bytes(
            Json.object(
                "checkpoint",
                Checkpoint.of(reached, caller.email()),
                "reset",
                reset,
                "nodes",
                chunk.stream().map(Change::json).toList(),
                "statusCode",
                200)));
    out.write('\n');
  }

  /** An opaque text for a number of changes of one account. */
  private static final class Checkpoint {
    static String of(long number, String email) {
      String text = number + ":" + Integer.toHexString(email.hashCode());
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** -1 for a checkpoint that isn't known: the client starts over. */
    static long parse(String checkpoint, String email) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(checkpoint), StandardCharsets.UTF_8);
        String[] parts = text.split(":");
        boolean own = parts.length == 2 && parts[1].equals(Integer.toHexString(email.hashCode()));
        return own ? Long.parseLong(parts[0]) : -1;
      } catch (IllegalArgumentException e) {
        return -1;
      }
    }
  }
}
