package dev.clouddrive.simulator.internal.filestack.security;

import dev.clouddrive.simulator.internal.blob.Digests;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException.Reason;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Lets callers in or not (filestack-files.md 6.3). The order of the checks is: policy there,
 * Base64, JSON, signature, expiry, call, handle.
 */
public final class Security {
  private final World world;

  public Security(World world) {
    this.world = world;
  }

  /** Lets in who asks for what is free while the application's security is off. */
  public Grant admit(Filestack.App app, Credentials credentials, Call... calls)
      throws RefusedException {
    return admit(app, credentials, Optional.empty(), calls);
  }

  /**
   * As {@link #admit(Filestack.App, Credentials, Call...)}, for one handle.
   *
   * @param handle what the policy's handle has to equal
   */
  public Grant admit(
      Filestack.App app, Credentials credentials, Optional<String> handle, Call... calls)
      throws RefusedException {
    return app.security() ? demand(app, credentials, handle, calls) : Grant.ALL;
  }

  /** Lets in who asks for what needs a policy, or the secret, whether security is on or off. */
  public Grant demand(
      Filestack.App app, Credentials credentials, Optional<String> handle, Call... calls)
      throws RefusedException {
    if (!credentials.appSecret().isEmpty()) {
      if (same(credentials.appSecret(), app.secret())) {
        return Grant.ALL;
      }
      throw new RefusedException(Reason.SIGNATURE);
    }
    Policy policy = verified(app, credentials);
    Grant grant = new Grant(policy);
    for (Call call : calls) {
      grant.requireCall(call);
    }
    if (handle.isPresent() && policy.handle().filter(h -> !h.equals(handle.get())).isPresent()) {
      throw new RefusedException(Reason.HANDLE);
    }
    return grant;
  }

  private Policy verified(Filestack.App app, Credentials credentials) throws RefusedException {
    if (credentials.policy().isEmpty() || credentials.signature().isEmpty()) {
      throw new RefusedException(Reason.MISSING);
    }
    byte[] json = decode(credentials.policy());
    Policy policy;
    try {
      policy = Policy.parse(json);
    } catch (JsonException e) {
      throw new RefusedException(Reason.NOT_JSON);
    }
    if (!same(sign(app.secret(), credentials.policy()), credentials.signature())) {
      throw new RefusedException(Reason.SIGNATURE);
    }
    if (!world.now().isBefore(policy.expiry())) {
      throw new RefusedException(Reason.EXPIRED);
    }
    return policy;
  }

  /** Both alphabets, unless the world is strict; filestack-js writes the standard one. */
  private byte[] decode(String policy) throws RefusedException {
    boolean standard = policy.indexOf('+') >= 0 || policy.indexOf('/') >= 0;
    boolean urlSafe = policy.indexOf('-') >= 0 || policy.indexOf('_') >= 0;
    boolean unpadded = policy.length() % 4 != 0;
    boolean refused =
        (standard && (urlSafe || world.option(Options.POLICY_STRICT_BASE64URL)))
            || (unpadded && !world.option(Options.POLICY_ALLOW_UNPADDED));
    try {
      if (!refused) {
        return (standard ? Base64.getDecoder() : Base64.getUrlDecoder()).decode(policy);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new RefusedException(Reason.NOT_BASE64);
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The lower-case hex HMAC-SHA256 of the encoded policy (filestack-files.md 6.2). */
  public static String sign(String secret, String encodedPolicy) {
    return HexFormat.of()
        .formatHex(
            Digests.hmacSha256(
                secret.getBytes(StandardCharsets.UTF_8),
                encodedPolicy.getBytes(StandardCharsets.UTF_8)));
  }

  /** What an application's page signs for its user: these calls, for some time from now. */
  public Credentials issue(Filestack.App app, Duration life, List<Call> calls) {
    byte[] json =
        Json.bytes(
            Json.object(
                "expiry",
                world.now().plus(life).getEpochSecond(),
                "call",
                calls.stream().map(Call::word).toList()));
    String policy = Base64.getUrlEncoder().encodeToString(json);
    return new Credentials(policy, sign(app.secret(), policy), "");
  }
}
