package dev.clouddrive.simulator.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object being read: each getter says with a {@link JsonException} and a pointer what is
 * wrong with a value. A key with the value null counts as absent.
 */
public final class JsonObject {
  private final String pointer;
  private final JsonNode node;

  JsonObject(String pointer, JsonNode node) {
    this.pointer = pointer;
    this.node = node;
  }

  JsonNode node() {
    return node;
  }

  /**
   * The object as a record whose components are its keys.
   *
   * @throws JsonException that names the key which doesn't fit, or isn't known
   */
  public <T extends Record> T as(Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(node, type);
    } catch (JsonMappingException e) {
      StringBuilder at = new StringBuilder(pointer);
      for (JsonMappingException.Reference step : e.getPath()) {
        at.append('/').append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
      }
      throw new JsonException(at.toString(), e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (JsonProcessingException e) {
      throw new JsonException(pointer, e.getOriginalMessage());
    }
  }

  /** The object without some of its keys. */
  public JsonObject without(String... keys) {
    ObjectNode rest = node.deepCopy();
    rest.remove(List.of(keys));
    return new JsonObject(pointer, rest);
  }

  /** Bytes that are told in Base64. */
  public byte[] binary(String key) {
    try {
      byte[] bytes = node.path(key).binaryValue();
      if (bytes == null) {
        throw wrong(key, "bytes in Base64 are expected here");
      }
      return bytes;
    } catch (IOException e) {
      throw wrong(key, "bytes in Base64 are expected here");
    }
  }

  /**
   * Refuses every key but these.
   *
   * @throws JsonException that names the unknown key and the nearest known one
   */
  public JsonObject only(String... known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!Set.of(known).contains(name)) {
                throw new JsonException(child(name), unknown(name, List.of(known)));
              }
            });
    return this;
  }

  static String unknown(String key, List<String> known) {
    return "unknown key"
        + Nearest.of(key, known)
            .map(near -> "; did you mean \"" + near + "\"?")
            .orElse("; known are " + String.join(", ", known));
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  public Set<String> keys() {
    Set<String> keys = new java.util.LinkedHashSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  public Optional<String> optionalString(String key) {
    return read(key, "a string", JsonNode::isTextual, (n, p) -> n.textValue());
  }

  public String string(String key) {
    return required(key, optionalString(key));
  }

  public Optional<Boolean> optionalBoolean(String key) {
    return read(key, "true or false", JsonNode::isBoolean, (n, p) -> n.booleanValue());
  }

  public Optional<Long> optionalLong(String key) {
    return read(
        key,
        "a whole number",
        n -> n.isIntegralNumber() && n.canConvertToLong(),
        (n, p) -> n.longValue());
  }

  public long longValue(String key) {
    return required(key, optionalLong(key));
  }

  public Optional<Double> optionalDouble(String key) {
    return read(key, "a number", JsonNode::isNumber, (n, p) -> n.doubleValue());
  }

  /** An ISO 8601 instant such as {@code 2015-10-07T22:41:05Z}. */
  public Optional<Instant> optionalInstant(String key) {
    return optionalString(key)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeException e) {
                throw new JsonException(
                    child(key), "an instant such as 2015-10-07T22:41:05Z is expected, not " + text);
              }
            });
  }

  /** As {@link #optionalInstant}, of a key that has to be there. */
  public Instant instant(String key) {
    return required(key, optionalInstant(key));
  }

  /** An ISO 8601 duration such as {@code PT5M}. */
  public Optional<Duration> optionalDuration(String key) {
    return optionalString(key)
        .map(
            text -> {
              try {
                return Duration.parse(text);
              } catch (DateTimeException e) {
                throw new JsonException(
                    child(key), "a duration such as PT5M or PT12H is expected, not " + text);
              }
            });
  }

  public Optional<JsonObject> optionalObject(String key) {
    return read(key, "an object", JsonNode::isObject, (n, p) -> new JsonObject(p, n));
  }

  public JsonObject object(String key) {
    return required(key, optionalObject(key));
  }

  /** The objects of an array; empty when the key is absent. */
  public List<JsonObject> objects(String key) {
    return array(key, "an object", JsonNode::isObject, (n, p) -> new JsonObject(p, n));
  }

  /** The strings of an array; empty when the key is absent. */
  public List<String> strings(String key) {
    return array(key, "a string", JsonNode::isTextual, (n, p) -> n.textValue());
  }

  /** Any value as maps, lists, strings, numbers, booleans; null when absent. */
  public @Nullable Object value(String key) {
    JsonNode value = node.get(key);
    return value == null ? null : plain(value);
  }

  /** The whole object as maps, lists, strings, numbers and booleans, in its order. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
    return map;
  }

  /** A complaint about one of this object's keys. */
  public JsonException wrong(String key, String message) {
    return new JsonException(child(key), message);
  }

  private <T> List<T> array(
      String key,
      String kind,
      java.util.function.Predicate<JsonNode> is,
      BiFunction<JsonNode, String, T> as) {
    JsonNode array = node.get(key);
    if (array == null || array.isNull()) {
      return List.of();
    }
    if (!array.isArray()) {
      throw new JsonException(child(key), "an array is expected here, not " + kindOf(array));
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(cast(array.get(i), child(key) + "/" + i, kind, is, as));
    }
    return Collections.unmodifiableList(values);
  }

  private <T> Optional<T> read(
      String key,
      String kind,
      java.util.function.Predicate<JsonNode> is,
      BiFunction<JsonNode, String, T> as) {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(cast(value, child(key), kind, is, as));
  }

  private static <T> T cast(
      JsonNode value,
      String at,
      String kind,
      java.util.function.Predicate<JsonNode> is,
      BiFunction<JsonNode, String, T> as) {
    if (!is.test(value)) {
      throw new JsonException(at, kind + " is expected here, not " + kindOf(value));
    }
    return as.apply(value, at);
  }

  private <T> T required(String key, Optional<T> value) {
    return value.orElseThrow(() -> new JsonException(child(key), "this key is required"));
  }

  private String child(String key) {
    return key.isEmpty() ? pointer : pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  static String kindOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      default -> "something else";
    };
  }

  static @Nullable Object plain(JsonNode node) {
    if (node.isObject()) {
      return new JsonObject("", node).toMap();
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isNumber()) {
      return node.numberValue();
    }
    return node.isBoolean() ? node.booleanValue() : null;
  }
}
