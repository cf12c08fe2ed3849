package dev.clouddrive.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is said to the control API, and what it answers, to {@code openapi.json}: a status, a
 * media type or a property that isn't there is a failure, and so is a call that was taken though it
 * isn't as described.
 */
final class OpenApiContract {
  private static final String DOCUMENT = "dev/clouddrive/simulator/openapi.json";

  /** An operation as it is described. */
  record Described(String name, String method, String path, JsonNode node, String pointer) {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** Variables that take the rest of a path, which OpenAPI has no way to say. */
    private static final Set<String> REST = Set.of("path", "key", "name");

    boolean is(String calledMethod, String calledPath) {
      return method.equals(calledMethod) && calledPath.matches(pattern());
    }

    private String pattern() {
      return VARIABLE
          .matcher(path.replace(".", "\\."))
          .replaceAll(variable -> REST.contains(variable.group(1)) ? ".+" : "[^/]+");
    }
  }

  private final JsonNode document;
  private final List<Described> operations = new ArrayList<>();
  private final Set<String> fulfilled = ConcurrentHashMap.newKeySet();
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
          .metaSchema(
              JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                  .keywords(
                      Stream.of("openapi", "info", "servers", "security", "paths", "components")
                          .map(NonValidationKeyword::new)
                          .toList())
                  .build())
          .build();
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .build();

  OpenApiContract() {
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(DOCUMENT)) {
      document = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (!method.getKey().equals("parameters")) {
                            operations.add(described(path.getKey(), method));
                          }
                        }));
  }

  private static Described described(String path, Map.Entry<String, JsonNode> method) {
    return new Described(
        method.getValue().path("operationId").asText(),
        method.getKey().toUpperCase(Locale.ROOT),
        path,
        method.getValue(),
        "/paths/" + escaped(path) + "/" + method.getKey());
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  List<Described> operations() {
    return operations;
  }

  /** The operations of which a call was taken. */
  Set<String> fulfilled() {
    return fulfilled;
  }

  /** Checks a call of the control API; those of others pass. */
  void check(String method, String url, byte @Nullable [] sent, Http.Answer answer) {
    String path = url.replaceFirst("\\?.*", "");
    Optional<Described> found =
        operations.stream().filter(operation -> operation.is(method, path)).findFirst();
    if (found.isEmpty()) {
      boolean refused = answer.status() == 404 || answer.status() == 405 || answer.status() == 403;
      if (path.startsWith("/_simulator/api/") && !refused) {
        throw new AssertionError(method + " " + path + " is not described, but was taken");
      }
      return;
    }
    Described operation = found.get();
    String status = Integer.toString(answer.status());
    JsonNode responses = operation.node().path("responses");
    String described = responses.has(status) ? status : "default";
    if (!responses.has(described) || (described.equals("default") && answer.status() < 400)) {
      throw new AssertionError(operation.name() + " is not said to answer " + status);
    }
    JsonNode response = responses.get(described);
    String pointer = operation.pointer() + "/responses/" + described;
    if (response.has("$ref")) {
      pointer = response.get("$ref").asText().substring(1);
      response = document.at(pointer);
    }
    checkBody(operation.name() + " " + status, response, pointer, answer);
    if (answer.status() < 300) {
      fulfilled.add(operation.name());
      checkSent(operation, sent);
    }
  }

  private void checkBody(String what, JsonNode response, String pointer, Http.Answer answer) {
    JsonNode content = response.path("content");
    if (content.isEmpty()) {
      if (answer.body().length > 0) {
        throw new AssertionError(what + " is said to have no body: " + answer.text());
      }
      return;
    }
    String type = answer.header("Content-Type").replaceFirst(";.*", "");
    String range = content.has("*/*") ? "*/*" : type;
    if (!content.has(range)) {
      throw new AssertionError(what + " is not said to be " + type);
    }
    if (range.contains("json")) {
      validate(what, pointer + "/content/" + escaped(range) + "/schema", answer.text());
    }
  }

  private void checkSent(Described operation, byte @Nullable [] sent) {
    JsonNode content = operation.node().path("requestBody").path("content");
    if (sent == null || sent.length == 0 || content.has("*/*")) {
      return;
    }
    if (!content.has("application/json")) {
      throw new AssertionError(operation.name() + " is not said to take a body");
    }
    validate(
        "the body of " + operation.name(),
        operation.pointer() + "/requestBody/content/application~1json/schema",
        new String(sent, StandardCharsets.UTF_8));
  }

  private void validate(String what, String pointer, String json) {
    Set<?> violations =
        schemas
            .getSchema(SchemaLocation.of("classpath:" + DOCUMENT + "#" + pointer), config)
            .validate(json, InputFormat.JSON);
    if (!violations.isEmpty()) {
      throw new AssertionError(what + " is not as described: " + violations + "\n" + json);
    }
  }

  /** The names of the properties of a component. */
  List<String> properties(String component) {
    return document.at("/components/schemas/" + component + "/properties").properties().stream()
        .map(Map.Entry::getKey)
        .toList();
  }
}
