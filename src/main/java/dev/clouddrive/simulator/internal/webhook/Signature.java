package dev.clouddrive.simulator.internal.webhook;

import dev.clouddrive.simulator.internal.blob.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** {@code FS-Signature} (filestack.md 1.6). */
public final class Signature {
  private Signature() {}

  /**
   * The lower-case hex HMAC-SHA256 of timestamp, a dot and the exact body.
   *
   * @param timestamp the value of {@code FS-Timestamp}: epoch seconds
   */
  public static String of(String secret, String timestamp, byte[] body) {
    return HexFormat.of()
        .formatHex(
            Digests.hmacSha256(
                secret.getBytes(StandardCharsets.UTF_8),
                (timestamp + ".").getBytes(StandardCharsets.US_ASCII),
                body));
  }

  /** Whether a delivery is signed with that secret. */
  public static boolean isValid(String secret, String timestamp, byte[] body, String signature) {
    return MessageDigest.isEqual(
        of(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }
}
