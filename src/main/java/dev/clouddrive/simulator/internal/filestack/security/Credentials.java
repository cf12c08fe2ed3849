package dev.clouddrive.simulator.internal.filestack.security;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller shows.
 *
 * @param policy as it came, encoded; empty for none
 * @param signature empty for none
 * @param appSecret of HTTP Basic as the user {@code app}; empty for none
 */
public record Credentials(String policy, String signature, String appSecret) {
  public static final Credentials NONE = new Credentials("", "", "");

  private static final String BASIC = "basic ";

  /** The parameters {@code policy} and {@code signature}. */
  public static Credentials of(Parameters parameters) {
    return new Credentials(
        parameters.get("policy").orElse(""), parameters.get("signature").orElse(""), "");
  }

  /** The fields {@code policy} and {@code signature}. */
  public static Credentials of(Map<String, String> fields) {
    return new Credentials(
        fields.getOrDefault("policy", ""), fields.getOrDefault("signature", ""), "");
  }

  /** The keys {@code policy} and {@code signature}. */
  public static Credentials of(JsonObject json) {
    return new Credentials(
        json.optionalString("policy").orElse(""), json.optionalString("signature").orElse(""), "");
  }

  /** Those of the query, and HTTP Basic {@code app:secret}. */
  public static Credentials of(Request request) {
    return of(request.query()).with(basic(request));
  }

  /** These where there are any, else the others. */
  public Credentials or(Credentials others) {
    return policy.isEmpty() && signature.isEmpty() ? others.with(appSecret) : this;
  }

  private Credentials with(String secret) {
    return secret.isEmpty() ? this : new Credentials(policy, signature, secret);
  }

  private static String basic(Request request) {
    Optional<String> field = request.headers().get("Authorization");
    if (field.isEmpty() || !field.get().regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return "";
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(field.get().substring(BASIC.length()).strip()),
              StandardCharsets.UTF_8);
      return pair.startsWith("app:") ? pair.substring("app:".length()) : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
