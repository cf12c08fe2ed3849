package dev.clouddrive.simulator.internal.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code FS-Signature} (filestack.md 1.6). */
public final class Signature {
  private Signature() {}

  /**
   * The lower-case hex HMAC-SHA256 of timestamp, a dot and the exact body.
   *
   * @param timestamp the value of {@code FS-Timestamp}: epoch seconds
   */
  public static String of(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a delivery is signed with that secret. */
  public static boolean isValid(String secret, String timestamp, byte[] body, String signature) {
    return MessageDigest.isEqual(
        of(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }
}
