package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the control API from web pages: who can move the clock and read every file must not be a
 * page that the user happens to have open. The host has to be one of our own (against DNS
 * rebinding), an {@code Origin} has to be ours too, and where a token is set it has to be there.
 */
final class ControlGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> ownHosts;
  private final @Nullable String token;

  /**
   * @param ownHosts host names beside loopback's under which we are reached
   * @param token null asks for none
   */
  ControlGuard(Set<String> ownHosts, @Nullable String token) {
    this.ownHosts = Set.copyOf(ownHosts);
    this.token = token;
  }

  void check(Request request) {
    if (request.isInternal()) {
      throw new ControlException(403, "the control API is not for the emulated services");
    }
    if (token != null && !hasToken(request)) {
      throw new ControlException(
          401, "this call needs the header Authorization: Bearer with the admin token");
    }
    // A page can set the forwarded host itself, so the real one has to be ours as well.
    String real = Request.hostOf(request.headers().get("Host").orElse(request.authority()));
    String foreign = isOurs(real) ? request.host() : real;
    if (token == null && !isOurs(foreign)) {
      throw new ControlException(
          403,
          "the control API is not served as \""
              + foreign
              + "\"; call it on 127.0.0.1, or start with --public-url or --admin-token");
    }
    Optional<String> origin = request.headers().get("Origin");
    if (origin.isPresent() && !isOwn(origin.get(), request)) {
      throw new ControlException(
          403, "the control API takes no calls from pages of another origin");
    }
    boolean page = origin.isPresent() && hasBody(request);
    if (page
        && request.method().equals("POST")
        && !request.mediaType().equals("application/json")) {
      throw new ControlException(415, "send the header Content-Type: application/json");
    }
  }

  private boolean isOurs(String host) {
    return LOOPBACK.contains(host) || ownHosts.contains(host);
  }

  private static boolean hasBody(Request request) {
    return request.body().length() != 0;
  }

  private static boolean isOwn(String origin, Request request) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return request.authority().equalsIgnoreCase(authority);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean hasToken(Request request) {
    String given = request.headers().get("Authorization").orElse("");
    return MessageDigest.isEqual(
        ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
        given.getBytes(StandardCharsets.UTF_8));
  }
}
