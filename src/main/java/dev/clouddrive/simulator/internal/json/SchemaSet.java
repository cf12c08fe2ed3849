package dev.clouddrive.simulator.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schemas (draft 2020-12) of one resource folder, each compiled on first use. */
public final class SchemaSet {

  /** One way in which a value breaks its schema, with the JSON Pointer of the value at fault. */
  public record Violation(String pointer, String message) {}

  private final String folder;
  private final Map<String, Optional<JsonSchema>> compiled = new ConcurrentHashMap<>();

  /**
   * @param folder the resource folder on the class path, without a slash at either end
   */
  public SchemaSet(String folder) {
    this.folder = folder;
  }

  /** Whether there is a schema of that name. */
  public boolean has(String name) {
    return schema(name).isPresent();
  }

  /**
   * What is wrong with the value; empty when it is valid.
   *
   * @param name the file name without {@code .schema.json}
   * @throws IllegalArgumentException if there is no such schema
   */
  public List<Violation> validate(String name, byte[] json) {
    return validate(name, Json.parse(json));
  }

  /** As {@link #validate(String, byte[])}, of what is parsed already. */
  public List<Violation> validate(String name, JsonObject json) {
    return validate(name, json.node());
  }

  private List<Violation> validate(String name, JsonNode json) {
    JsonSchema schema =
        schema(name).orElseThrow(() -> new IllegalArgumentException("no schema " + name));
    return schema.validate(json).stream()
        .map(m -> new Violation(m.getInstanceLocation().toString(), message(schema, m)))
        .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::message))
        .toList();
  }

  /** The validator's own; of a key that isn't known, with the nearest one that is. */
  private static String message(JsonSchema schema, ValidationMessage broken) {
    if (!broken.getType().equals("additionalProperties")) {
      return broken.getMessage();
    }
    String keyword = broken.getSchemaLocation().getFragment().toString();
    List<String> known = new ArrayList<>();
    schema
        .getSchemaNode()
        .at(keyword.substring(0, keyword.lastIndexOf('/')) + "/properties")
        .fieldNames()
        .forEachRemaining(known::add);
    return broken.getInstanceLocation()
        + "/"
        + broken.getProperty()
        + ": "
        + JsonObject.unknown(broken.getProperty(), known);
  }

  private Optional<JsonSchema> schema(String name) {
    return compiled.computeIfAbsent(name, this::compile);
  }

  private Optional<JsonSchema> compile(String name) {
    String resource = folder + "/" + name + ".schema.json";
    try (InputStream in = SchemaSet.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      SchemaValidatorsConfig config =
          SchemaValidatorsConfig.builder()
              .formatAssertionsEnabled(true)
              .pathType(com.networknt.schema.PathType.JSON_POINTER)
              .build();
      JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
      return Optional.of(
          factory.getSchema(
              SchemaLocation.of("classpath:" + resource), Json.parse(in.readAllBytes()), config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
