package dev.clouddrive.simulator.internal.filestack.security;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an application lets the bearer of its signature do (filestack-files.md 6.1).
 *
 * @param calls empty for every call but {@code exif}
 * @param handle the only one
 * @param url what the source of a fetch has to match as a whole, as do path and container
 * @param minSize bytes
 * @param maxSize bytes
 */
record Policy(
    Instant expiry,
    List<String> calls,
    Optional<String> handle,
    Optional<String> url,
    long minSize,
    long maxSize,
    Optional<String> path,
    Optional<String> container) {

  Policy {
    calls = List.copyOf(calls);
  }

  /**
   * @throws JsonException if it is no policy
   */
  static Policy parse(byte[] json) {
    JsonObject policy = Json.parseObject(json);
    return new Policy(
        expiry(policy),
        calls(policy),
        policy.optionalString("handle"),
        policy.optionalString("url"),
        policy.optionalLong("minSize").orElse(0L),
        policy.optionalLong("maxSize").orElse(Long.MAX_VALUE),
        policy.optionalString("path"),
        policy.optionalString("container"));
  }

  /** Seconds; some clients write them as a fraction. */
  private static Instant expiry(JsonObject policy) {
    double seconds =
        policy
            .optionalDouble("expiry")
            .orElseThrow(() -> policy.wrong("expiry", "this key is required"));
    try {
      return Instant.ofEpochSecond((long) seconds);
    } catch (DateTimeException e) {
      return seconds > 0 ? Instant.MAX : Instant.MIN;
    }
  }

  /** One as a text, or several. */
  private static List<String> calls(JsonObject policy) {
    return policy.value("call") instanceof String one ? List.of(one) : policy.strings("call");
  }

  /** {@code revoke} is an old name of {@code remove}; {@code exif} has to be named. */
  boolean allows(Call call) {
    if (calls.isEmpty()) {
      return call != Call.EXIF;
    }
    return calls.contains(call.word()) || (call == Call.REMOVE && calls.contains("revoke"));
  }
}
