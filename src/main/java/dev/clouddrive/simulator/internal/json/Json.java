package dev.clouddrive.simulator.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. The values of a document to write are maps, iterables, strings, numbers,
 * booleans, instants (ISO 8601 with milliseconds), records and null.
 */
public final class Json {
  static final JsonMapper MAPPER = mapper();

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Json() {}

  private static JsonMapper mapper() {
    SimpleModule instants = new SimpleModule();
    instants.addSerializer(new InstantSerializer());
    instants.addSerializer(new BinarySerializer());
    instants.addDeserializer(Instant.class, new InstantDeserializer());
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        // A record is its components; what else it says of itself is not.
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .addModule(instants)
        .build();
  }

  static {
    MAPPER
        .getFactory()
        // As UTF-8 rather than as escapes: what is outside of the BMP, such as emoji.
        .enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(64)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
  }

  private static final class InstantSerializer extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(instant(value));
    }
  }

  private static final class InstantDeserializer extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String text = in.getText();
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new InvalidFormatException(
            in, "an instant such as 2015-10-07T22:41:05Z is expected here", text, Instant.class);
      }
    }
  }

  /** Bytes that are written as Base64 while they are read. */
  public interface Binary {
    /** Bytes; at most 2^31 - 1. */
    long length();

    InputStream openStream() throws IOException;
  }

  private static final class BinarySerializer extends StdSerializer<Binary> {
    private static final long serialVersionUID = 1;

    BinarySerializer() {
      super(Binary.class);
    }

    @Override
    public void serialize(Binary value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      try (InputStream in = value.openStream()) {
        out.writeBinary(in, Math.toIntExact(value.length()));
      }
    }
  }

  /** ISO 8601 in UTC with milliseconds: {@code 2015-10-07T22:41:05.000Z}. */
  public static String instant(Instant instant) {
    return MILLIS.format(instant);
  }

  /** A map in the order of its arguments: key, value, key, value. */
  public static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  /** The value as compact JSON in UTF-8. */
  public static byte[] bytes(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value as compact JSON. */
  public static String text(@Nullable Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  /** The value as indented JSON, written as it is made. The stream stays open. */
  public static void writePretty(OutputStream out, Object value) throws IOException {
    MAPPER
        .writerWithDefaultPrettyPrinter()
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(out, value);
  }

  /**
   * Reads an object.
   *
   * @throws JsonException if the text is not JSON or not an object
   */
  public static JsonObject parseObject(byte[] text) {
    JsonNode node = parse(text);
    if (!node.isObject()) {
      throw new JsonException("", "an object is expected here, not " + JsonObject.kindOf(node));
    }
    return new JsonObject("", node);
  }

  public static JsonObject parseObject(String text) {
    return parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the text is one JSON value. */
  public static boolean isJson(byte[] text) {
    try {
      parse(text);
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  /** Any JSON value as maps, lists, strings, numbers, booleans and null. */
  public static @Nullable Object parseValue(byte[] text) {
    return JsonObject.plain(parse(text));
  }

  static JsonNode parse(byte[] text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new JsonException("", "JSON is expected here, and there is nothing");
      }
      return node;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      String what = e.getOriginalMessage().replaceAll(" \\(start marker at .*|\\n.*", "");
      throw new JsonException("", "this is not JSON" + place + ": " + what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
