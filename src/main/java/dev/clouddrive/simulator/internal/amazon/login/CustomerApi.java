package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Account;
import dev.clouddrive.simulator.internal.world.Login;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of itself and of its customer (amazon-cloud-drive.md 2.3; statuses [guess]).
 */
final class CustomerApi {
  private final World world;
  private final Tokens tokens;

  CustomerApi(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  /** {@code GET /auth/o2/tokeninfo} */
  Response tokenInfo(Request request) {
    String requestId = world.ids().uuid().toString();
    Login.AccessToken token = valid(request.query().get("access_token").orElse(""), requestId);
    Account account = account(token, requestId);
    return TokenEndpoint.uncached(
        Response.json(
            200,
            Json.object(
                "iss",
                "https://www.amazon.com",
                "user_id",
                account.userId(),
                "aud",
                token.clientId(),
                "app_id",
                token.clientId().replace("application-oa2-client", "application"),
                "exp",
                Duration.between(world.now(), token.expiresAt()).toSeconds(),
                "iat",
                token.issuedAt().getEpochSecond())),
        requestId);
  }

  /** {@code GET /user/profile}: only what the scopes grant. */
  Response profile(Request request) {
    String requestId = world.ids().uuid().toString();
    Login.AccessToken token = valid(bearer(request, requestId), requestId);
    Account account = account(token, requestId);
    List<String> scopes = token.scopes();
    boolean whole = scopes.contains("profile");
    if (!whole && !scopes.contains("profile:user_id") && !scopes.contains("postal_code")) {
      throw error(401, "insufficient_scope", "The access token has no scope for this", requestId);
    }
    Map<String, @Nullable Object> json = Json.object("user_id", account.userId());
    if (whole) {
      json.put("name", account.name());
      json.put("email", account.email());
    }
    if (scopes.contains("postal_code")) {
      json.put("postal_code", "98109");
    }
    return TokenEndpoint.uncached(Response.json(200, json), requestId);
  }

  private static String bearer(Request request, String requestId) {
    return request
        .headers()
        .get("Authorization")
        .filter(field -> field.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(field -> field.substring(7).strip())
        .or(() -> request.headers().get("x-amz-access-token"))
        .or(() -> request.query().nonEmpty("access_token"))
        .orElseThrow(
            () ->
                error(
                    400,
                    "invalid_request",
                    "The request is missing a required parameter : access_token",
                    requestId));
  }

  private Login.AccessToken valid(String bearer, String requestId) {
    if (tokens.check(bearer) instanceof Tokens.Check.Valid valid) {
      return valid.token();
    }
    throw error(
        400, "invalid_token", "The request has an invalid parameter : access_token", requestId);
  }

  private Account account(Login.AccessToken token, String requestId) {
    Optional<Account> account =
        world.read(s -> s.account(token.email()).map(WorldState.Holder::account));
    return account.orElseThrow(
        () ->
            error(
                400,
                "invalid_token",
                "The request has an invalid parameter : access_token",
                requestId));
  }

  private static ResponseException error(
      int status, String error, String description, String requestId) {
    return LoginErrors.token(status, error, description, requestId);
  }
}
