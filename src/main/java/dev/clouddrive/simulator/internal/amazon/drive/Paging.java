package dev.clouddrive.simulator.internal.amazon.drive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A {@code nextToken}: the place after which the next page begins, and until when the token is good
 * (amazon-cloud-drive.md 3.2: ten minutes).
 */
record Paging(String after, Instant expiresAt) {
  private static final Duration LIFE = Duration.ofMinutes(10);

  static String token(String after, Instant now) {
    String text = now.plus(LIFE).toEpochMilli() + " " + after;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException if it isn't a token of ours
   */
  static Paging parse(String token) {
    String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    if (space <= 0) {
      throw new IllegalArgumentException("not a token");
    }
    return new Paging(
        text.substring(space + 1), Instant.ofEpochMilli(Long.parseLong(text.substring(0, space))));
  }
}
