package dev.clouddrive.simulator.internal.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
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

  /** Whether an address is not one of the public Internet: loopback, or a private network. */
  public static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    boolean carrierGrade = bytes.length == 4 && (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64;
    boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || uniqueLocal
        || carrierGrade
        || thisNetwork;
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
