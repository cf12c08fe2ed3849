package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/** What machines read of the control API and of what it gives: OpenAPI 3.1 and JSON Schemas. */
final class Descriptions {
  private static final String FOLDER = "dev/clouddrive/simulator/";
  private static final Pattern SCHEMA = Pattern.compile("(webhook/)?[a-z_.]+\\.schema\\.json");

  private Descriptions() {}

  static Response openApi(Request request) throws IOException {
    return Response.of(200, "application/json", Body.of(resource("openapi.json").orElseThrow()));
  }

  static Response schema(Request request) throws IOException {
    String name = request.variable("name");
    Optional<byte[]> schema =
        SCHEMA.matcher(name).matches() ? resource("schemas/" + name) : Optional.empty();
    return schema
        .map(text -> Response.of(200, "application/schema+json", Body.of(text)))
        .orElseGet(
            () ->
                ControlException.problemResponse(
                    404,
                    "there is no such schema; there are world.schema.json and, of each event,"
                        + " webhook/fp.upload.schema.json and its like"));
  }

  private static Optional<byte[]> resource(String name) throws IOException {
    try (InputStream in = Descriptions.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
