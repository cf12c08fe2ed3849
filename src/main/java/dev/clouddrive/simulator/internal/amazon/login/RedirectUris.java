package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.world.Login;
import java.net.URI;
import java.util.Set;

/**
 * Matches a {@code redirect_uri} with the client's allowed return URLs: exactly, except that an
 * entry may end in {@code *}, and that an entry on loopback without a port takes any port
 * (simulator.md section 1; RFC 8252 7.3).
 */
final class RedirectUris {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * An entry that begins so takes any scheme, host and port: for Filestack's own app, which comes
   * back to wherever the simulator was found.
   */
  private static final String ANY_ORIGIN = "*/";

  private RedirectUris() {}

  static boolean allows(Login.Client client, String redirectUri) {
    URI given;
    try {
      given = URI.create(redirectUri);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (given.getScheme() == null
        || given.getHost() == null
        || given.getRawUserInfo() != null
        || given.getRawFragment() != null) {
      return false;
    }
    return client.redirectUris().stream().anyMatch(entry -> matches(entry, redirectUri, given));
  }

  private static boolean matches(String entry, String redirectUri, URI given) {
    if (entry.equals(redirectUri)) {
      return true;
    }
    if (entry.startsWith(ANY_ORIGIN)) {
      return pathAndQuery(given).equals(entry.substring(ANY_ORIGIN.length() - 1));
    }
    boolean prefix = entry.endsWith("*");
    String allowed = prefix ? entry.substring(0, entry.length() - 1) : entry;
    URI uri;
    try {
      uri = URI.create(allowed);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (uri.getHost() == null
        || !uri.getHost().equals(given.getHost())
        || !uri.getScheme().equals(given.getScheme())) {
      return false;
    }
    boolean samePort =
        uri.getPort() == given.getPort() || (uri.getPort() < 0 && LOOPBACK.contains(uri.getHost()));
    String path = pathAndQuery(given);
    return samePort
        && (prefix ? path.startsWith(pathAndQuery(uri)) : path.equals(pathAndQuery(uri)));
  }

  private static String pathAndQuery(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
