package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Picker sessions: who is logged in to which cloud. A session is named by the {@code token} of a
 * call, or by a cookie where the SDK holds none (filestack.md 2.6).
 */
final class Sessions {
  private static final String COOKIE = "fs_session";

  private final World world;

  Sessions(World world) {
    this.world = world;
  }

  /** The token of the session that the cookie names. */
  Optional<String> named(Request request) {
    return request.cookie(COOKIE);
  }

  /** The session that a call names, or a new one. */
  Filestack.Session of(Request request, Optional<String> token, String apikey) {
    Optional<String> named = token.or(() -> named(request));
    return world.change(
        s ->
            named
                .flatMap(name -> Optional.ofNullable(s.filestack.sessions.get(name)))
                .filter(session -> session.apikey().equals(apikey))
                .orElseGet(
                    () -> {
                      Filestack.Session made =
                          new Filestack.Session(
                              world.ids().token("simsession-", 24), apikey, Map.of());
                      s.filestack.sessions.put(made.token(), made);
                      return made;
                    }));
  }

  /**
   * The SDK of 0.x knows its session by this alone, and calls from the application's own site: a
   * browser sends it there only when it says so, which it may over HTTPS.
   */
  static String cookie(Request request, Filestack.Session session) {
    String site = request.scheme().equals("https") ? "; Secure; SameSite=None" : "; SameSite=Lax";
    return COOKIE + "=" + session.token() + "; Path=/; HttpOnly" + site;
  }

  /** The grant of a session for a cloud. */
  Optional<String> grant(Filestack.Session session, String cloud) {
    return grant(session.token(), cloud);
  }

  /** The grant of the session with a token for a cloud. */
  Optional<String> grant(String token, String cloud) {
    return world.read(
        s ->
            Optional.ofNullable(s.filestack.sessions.get(token))
                .flatMap(current -> Optional.ofNullable(current.grants().get(cloud))));
  }

  /** Remembers a login. */
  void bind(String sessionToken, String cloud, String grantId) {
    update(sessionToken, grants -> grants.put(cloud, grantId));
  }

  /** Forgets a login; links that were made from it keep their own tokens. */
  void unbind(String sessionToken, String cloud) {
    update(sessionToken, grants -> grants.remove(cloud));
  }

  private void update(
      String sessionToken, java.util.function.Consumer<Map<String, String>> change) {
    world.change(
        s -> {
          Filestack.Session session = s.filestack.sessions.get(sessionToken);
          if (session != null) {
            Map<String, String> grants = new HashMap<>(session.grants());
            change.accept(grants);
            s.filestack.sessions.put(
                sessionToken, new Filestack.Session(sessionToken, session.apikey(), grants));
          }
          return null;
        });
  }

  /** Begins a login: what its {@code state} will stand for. */
  Filestack.AuthLeg begin(Filestack.Session session, String cloud, @Nullable String appUrl) {
    return world.change(
        s -> {
          Filestack.AuthLeg leg =
              new Filestack.AuthLeg(
                  world.ids().hex(32), session.token(), cloud, appUrl, world.now());
          s.filestack.authLegs.put(leg.state(), leg);
          return leg;
        });
  }

  Optional<Filestack.AuthLeg> leg(String state) {
    return world.read(s -> Optional.ofNullable(s.filestack.authLegs.get(state)));
  }
}
