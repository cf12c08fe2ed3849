package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Login;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues and checks tokens. */
public final class Tokens {
  /** What the vendor gives (amazon-cloud-drive.md 2.2). */
  public static final Duration ACCESS_TOKEN_LIFE = Duration.ofSeconds(3600);

  /** 350 and more characters in the vendor's (amazon-cloud-drive.md 2.2). */
  private static final int TOKEN_LENGTH = 350;

  private final World world;

  public Tokens(World world) {
    this.world = world;
  }

  /** An answer of the token endpoint. */
  public record Issued(String accessToken, String refreshToken, long expiresIn) {
    public Map<String, @Nullable Object> toJson() {
      return Json.object(
          "access_token",
          accessToken,
          "refresh_token",
          refreshToken,
          "token_type",
          "bearer",
          "expires_in",
          expiresIn);
    }
  }

  /** What a bearer token says of a call. */
  public sealed interface Check {
    record Valid(Login.AccessToken token, Login.Client client) implements Check {}

    record Expired() implements Check {}

    record Unknown() implements Check {}
  }

  Issued issue(String clientId, String email, List<String> scopes) {
    return issue(clientId, email, scopes, ACCESS_TOKEN_LIFE);
  }

  /** Fresh tokens for a customer and a client. */
  public Issued issue(String clientId, String email, List<String> scopes, Duration life) {
    return world.change(
        s -> {
          String refresh = world.ids().token("Atzr|", TOKEN_LENGTH);
          Login.RefreshToken token = new Login.RefreshToken(refresh, clientId, email, scopes);
          s.login.refreshTokens.put(refresh, token);
          return access(s.login, token, life);
        });
  }

  /** A new access token; the refresh token stays the same and valid unless they rotate. */
  Issued refresh(Login.RefreshToken token) {
    return world.change(
        s -> {
          if (!s.options.get(Options.ROTATE_REFRESH_TOKENS)) {
            return access(s.login, token, ACCESS_TOKEN_LIFE);
          }
          s.login.refreshTokens.remove(token.value());
          Login.RefreshToken next =
              new Login.RefreshToken(
                  world.ids().token("Atzr|", TOKEN_LENGTH),
                  token.clientId(),
                  token.email(),
                  token.scopes());
          s.login.refreshTokens.put(next.value(), next);
          return access(s.login, next, ACCESS_TOKEN_LIFE);
        });
  }

  /** An access token without a refresh token, of the implicit grant. */
  Issued issueImplicit(String clientId, String email, List<String> scopes) {
    return world.change(
        s ->
            access(
                s.login, new Login.RefreshToken("", clientId, email, scopes), ACCESS_TOKEN_LIFE));
  }

  private Issued access(Login login, Login.RefreshToken refresh, Duration life) {
    Instant now = world.now();
    Login.AccessToken access =
        new Login.AccessToken(
            world.ids().token("Atza|", TOKEN_LENGTH),
            refresh.clientId(),
            refresh.email(),
            refresh.scopes(),
            now,
            now.plus(life),
            refresh.value());
    login.accessTokens.put(access.value(), access);
    return new Issued(access.value(), refresh.value(), life.toSeconds());
  }

  /** Looks a bearer token up at the present time. */
  public Check check(String bearer) {
    return world.read(
        s -> {
          Login.AccessToken token = s.login.accessTokens.get(bearer);
          if (token == null) {
            return new Check.Unknown();
          }
          if (!world.now().isBefore(token.expiresAt())) {
            return new Check.Expired();
          }
          return Optional.ofNullable(s.login.clients.get(token.clientId()))
              .<Check>map(client -> new Check.Valid(token, client))
              .orElseGet(Check.Unknown::new);
        });
  }
}
