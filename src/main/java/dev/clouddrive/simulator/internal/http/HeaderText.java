package dev.clouddrive.simulator.internal.http;

/** Text that a client wants to see in a header field. */
public final class HeaderText {
  private HeaderText() {}

  /** Whether it can stand in a field without ending it (RFC 9110 5.5). */
  public static boolean isSafe(String text) {
    return text.length() <= 1_000 && text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
  }
}
