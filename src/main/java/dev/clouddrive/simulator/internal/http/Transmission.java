package dev.clouddrive.simulator.internal.http;

/**
 * How an answer is to go wrong on its way.
 *
 * @param reset closes the connection instead
 * @param truncateAt closes it after so many bytes of the body; -1 for never
 * @param bytesPerSecond the fastest; 0 for as fast as it goes
 */
public record Transmission(boolean reset, long truncateAt, long bytesPerSecond) {
  public static final Transmission SOUND = new Transmission(false, -1, 0);

  public Transmission withReset() {
    return new Transmission(true, truncateAt, bytesPerSecond);
  }

  public Transmission withTruncateAt(long bytes) {
    return new Transmission(reset, bytes, bytesPerSecond);
  }

  public Transmission withBytesPerSecond(long bytes) {
    return new Transmission(reset, truncateAt, bytes);
  }

  public boolean isSound() {
    return equals(SOUND);
  }
}
