package dev.clouddrive.simulator.internal.ids;

import java.util.UUID;

/**
 * Every random id, handle, token and secret of a world, drawn from one seeded sequence: the same
 * seed and the same calls give the same ids. Not fit for real secrets.
 */
public final class IdSource {
  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String URL_SAFE = ALPHANUMERIC + "-_";
  private static final String HEX = "0123456789abcdef";

  private long state;

  public IdSource(long seed) {
    this.state = seed;
  }

  /** Where the sequence stands: a source made with this value goes on with the same ids. */
  public synchronized long state() {
    return state;
  }

  /** Continues from a state that {@link #state()} gave. */
  public synchronized void restore(long savedState) {
    this.state = savedState;
  }

  /** 22 URL-safe characters, as Amazon's node ids (amazon-cloud-drive.md 3.0). */
  public String nodeId() {
    return draw(URL_SAFE, 22);
  }

  /** 11 URL-safe characters, as a node's {@code eTagResponse} (amazon-cloud-drive.md 3.0). */
  public String eTag() {
    return draw(URL_SAFE, 11);
  }

  /** 20 letters and digits: a Filestack handle (filestack.md 0.2). */
  public String handle() {
    return draw(ALPHANUMERIC, 20);
  }

  /** 22 characters that begin with A and end with z: a Filestack API key (filestack.md 0.2). */
  public String apiKey() {
    return "A" + draw(ALPHANUMERIC, 20) + "z";
  }

  /** Lower-case hex digits. */
  public String hex(int digits) {
    return draw(HEX, digits);
  }

  /** A prefix and then letters and digits. */
  public String token(String prefix, int length) {
    return prefix + draw(ALPHANUMERIC, length);
  }

  /** A random (version 4) UUID. */
  public synchronized UUID uuid() {
    long high = (next() & ~0xF000L) | 0x4000L;
    long low = (next() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private synchronized String draw(String alphabet, int length) {
    StringBuilder drawn = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      drawn.append(alphabet.charAt((int) Long.remainderUnsigned(next(), alphabet.length())));
    }
    return drawn.toString();
  }

  /**
   * SplitMix64 (Steele, Lea, Flood 2014): its whole state is one number, so a world can export it.
   */
  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
