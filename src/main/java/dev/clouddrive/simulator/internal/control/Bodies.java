package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
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
}
