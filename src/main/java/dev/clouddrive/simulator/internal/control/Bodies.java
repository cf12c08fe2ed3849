package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Account;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.IOException;

/** Reads the JSON bodies of control calls. */
final class Bodies {
  private static final int LIMIT = 4 * 1024 * 1024;

  private Bodies() {}

  static JsonObject json(Request request) throws IOException {
    return Json.parseObject(request.body().readAll(LIMIT));
  }

  /** No body at all reads as an empty object. */
  static JsonObject optionalJson(Request request) throws IOException {
    byte[] body = request.body().readAll(LIMIT);
    return Json.parseObject(body.length == 0 ? new byte[] {'{', '}'} : body);
  }

  /** The account that {@code account} names by its email. */
  static Account account(JsonObject json, World world) {
    String email = json.string("account");
    return world.read(
        s ->
            s.account(email)
                .map(WorldState.Holder::account)
                .orElseThrow(
                    () -> ControlException.unknown("account", email, s.accounts.keySet())));
  }

  /** Whether the user agrees on the consent page; they do unless {@code consent} says no. */
  static boolean allows(JsonObject json) {
    String consent = json.optionalString("consent").orElse("allow");
    if (!consent.equals("allow") && !consent.equals("deny")) {
      throw json.wrong("consent", "\"" + consent + "\" is neither allow nor deny");
    }
    return consent.equals("allow");
  }
}
