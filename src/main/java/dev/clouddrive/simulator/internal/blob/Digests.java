package dev.clouddrive.simulator.internal.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests of content, in lower-case hex. */
public final class Digests {
  private Digests() {}

  /** A digest that every Java platform has. */
  static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String md5(InputStream content) {
    return digest("MD5", content);
  }

  /**
   * @param algorithm a name of {@link MessageDigest} such as {@code SHA-256}
   */
  public static String digest(String algorithm, Blob blob) throws IOException {
    return digest(algorithm, blob.open(0, blob.size()));
  }

  private static String digest(String algorithm, InputStream content) {
    MessageDigest digest = of(algorithm);
    byte[] buffer = new byte[64 * 1024];
    try (content) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hex(digest);
  }

  /**
   * @param key not empty
   */
  public static byte[] hmacSha256(byte[] key, byte[]... message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : message) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The SHA-256 of a text's UTF-8 bytes. */
  public static String sha256(String text) {
    MessageDigest digest = of("SHA-256");
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest);
  }
}
