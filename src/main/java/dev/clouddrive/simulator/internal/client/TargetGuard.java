package dev.clouddrive.simulator.internal.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Decides which addresses outgoing calls may reach: never link-local ones (where clouds keep their
 * instance metadata), multicast or the unspecified address. A name is resolved once, and that
 * address is the one that is connected to.
 */
public final class TargetGuard {
  private TargetGuard() {}

  /** A target may not be called; the message says why. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
      super(message);
    }
  }

  /**
   * What is wrong with a URL before any name is resolved.
   *
   * @throws RefusedException unless it is an absolute http or https URL without user info
   */
  public static URI check(String url) throws RefusedException {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("\"" + url + "\" is not a URL; write http://host:port/path");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new RefusedException("\"" + url + "\" is not an http or https URL");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new RefusedException("\"" + url + "\" names no host");
    }
    if (uri.getUserInfo() != null) {
      throw new RefusedException("\"" + url + "\" holds a user name; leave it out");
    }
    return uri;
  }

  /** Decides about an address that is no forbidden one. */
  @FunctionalInterface
  public interface Rule {
    /**
     * @param host as the URL names it
     * @throws RefusedException if it may not be called
     */
    void check(String host, InetAddress address, int port) throws RefusedException;
  }

  /**
   * Whether an address is not one of the public Internet: loopback, a private network, or what the
   * registries keep for other purposes (RFC 6890). An IPv6 address that stands for an IPv4 one is
   * judged as that.
   */
  public static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isLoopbackAddress() || address.isSiteLocalAddress()) {
      return true;
    }
    return bytes.length == 4 ? isSpecial(bytes) : isSpecial6(bytes);
  }

  private static boolean isSpecial(byte[] ip) {
    int first = ip[0] & 0xFF;
    int second = ip[1] & 0xFF;
    return first == 0
        || first == 10
        || first == 127
        || first >= 224
        || (first == 100 && (second & 0xC0) == 64)
        || (first == 169 && second == 254)
        || (first == 172 && (second & 0xF0) == 16)
        || (first == 192 && second == 168)
        || (first == 192 && second == 0 && (ip[2] & 0xFF) <= 2)
        || (first == 198 && (second & 0xFE) == 18);
  }

  private static boolean isSpecial6(byte[] ip) {
    boolean uniqueLocal = (ip[0] & 0xFE) == 0xFC;
    boolean translated = startsWith(ip, 0x00, 0x64, 0xFF, 0x9B);
    boolean compatible = startsWith(ip, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean sixToFour = startsWith(ip, 0x20, 0x02);
    return uniqueLocal
        || ((translated || compatible) && isSpecial(Arrays.copyOfRange(ip, 12, 16)))
        || (sixToFour && isSpecial(Arrays.copyOfRange(ip, 2, 6)));
  }

  private static boolean startsWith(byte[] ip, int... start) {
    for (int i = 0; i < start.length; i++) {
      if ((ip[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** The address to connect to. */
  static InetAddress resolve(URI uri) throws RefusedException, UnknownHostException {
    String host = uri.getHost();
    InetAddress address =
        InetAddress.getByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    if (address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()) {
      throw new RefusedException(
          host + " is " + address.getHostAddress() + ", an address that is never called");
    }
    return address;
  }
}
