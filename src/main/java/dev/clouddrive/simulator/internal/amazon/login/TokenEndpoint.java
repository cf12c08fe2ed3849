package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Login;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Exchanges codes and refresh tokens for access tokens (amazon-cloud-drive.md 2.2). */
final class TokenEndpoint {
  private static final int FORM_LIMIT = 64 * 1024;

  private final World world;
  private final Tokens tokens;

  TokenEndpoint(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  private record Credentials(String clientId, String secret) {}

  /** {@code POST /auth/o2/token} */
  Response token(Request request) throws IOException {
    String requestId = world.ids().uuid().toString();
    Parameters form = request.form(FORM_LIMIT);
    String grantType = required(form, "grant_type", requestId);
    // A wrong secret must not burn the code: clients try the other way of authentication next.
    boolean byChallenge =
        form.nonEmpty("code_verifier").isPresent()
            && form.get("client_secret").isEmpty()
            && basic(request).isEmpty();
    Login.Client client =
        byChallenge ? publicClient(form, requestId) : authenticate(request, form, requestId);
    Tokens.Issued issued =
        switch (grantType) {
          case "authorization_code" -> exchange(form, client, requestId);
          case "refresh_token" -> refresh(form, client, requestId);
          default ->
              throw LoginErrors.token(
                  400,
                  "unsupported_grant_type",
                  "The authorization grant type is not supported by the authorization server",
                  requestId);
        };
    return uncached(Response.json(200, issued.toJson()), requestId)
        .with("Content-Type", "application/json;charset=UTF-8");
  }

  /** An app in a browser keeps no secret: the verifier of its code stands for it (RFC 7636). */
  private Login.Client publicClient(Parameters form, String requestId) {
    String code = form.get("code").orElse("");
    String clientId = form.get("client_id").orElse("");
    return world
        .read(
            s ->
                Optional.ofNullable(s.login.codes.get(code))
                    .filter(c -> c.challenge() != null)
                    .flatMap(c -> Optional.ofNullable(s.login.clients.get(clientId))))
        .orElseThrow(
            () ->
                LoginErrors.token(
                    401, "invalid_client", "Client authentication failed", requestId));
  }

  private Tokens.Issued exchange(Parameters form, Login.Client client, String requestId) {
    String code = required(form, "code", requestId);
    String redirectUri = required(form, "redirect_uri", requestId);
    String verifier = form.get("code_verifier").orElse("");
    Optional<Login.AuthorizationCode> valid =
        world.change(
            s -> {
              Login.AuthorizationCode known = s.login.codes.get(code);
              if (known == null || !known.clientId().equals(client.clientId())) {
                return Optional.empty();
              }
              s.login.codes.remove(code);
              return Optional.of(known)
                  .filter(c -> c.redirectUri().equals(redirectUri))
                  .filter(c -> answers(c.challenge(), verifier))
                  .filter(c -> world.now().isBefore(c.expiresAt()));
            });
    Login.AuthorizationCode exchanged = valid.orElseThrow(() -> invalidGrant("code", requestId));
    return tokens.issue(client.clientId(), exchanged.email(), exchanged.scopes());
  }

  private static boolean answers(Login.@Nullable Challenge challenge, String verifier) {
    if (challenge == null) {
      return true;
    }
    if (challenge.method().equals("plain")) {
      return challenge.value().equals(verifier);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest)
          .equals(challenge.value());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Tokens.Issued refresh(Parameters form, Login.Client client, String requestId) {
    String value = required(form, "refresh_token", requestId);
    Login.RefreshToken refreshToken =
        world
            .read(s -> Optional.ofNullable(s.login.refreshTokens.get(value)))
            .filter(token -> token.clientId().equals(client.clientId()))
            .orElseThrow(() -> invalidGrant("refresh_token", requestId));
    return tokens.refresh(refreshToken);
  }

  private Login.Client authenticate(Request request, Parameters form, String requestId) {
    Credentials given = basic(request).orElseGet(() -> inBody(form));
    return world
        .read(s -> Optional.ofNullable(s.login.clients.get(given.clientId())))
        .filter(client -> client.secret().equals(given.secret()))
        .orElseThrow(
            () ->
                LoginErrors.token(
                    401, "invalid_client", "Client authentication failed", requestId));
  }

  private static Credentials inBody(Parameters form) {
    return new Credentials(form.get("client_id").orElse(""), form.get("client_secret").orElse(""));
  }

  private static Optional<Credentials> basic(Request request) {
    Optional<String> field = request.headers().get("Authorization");
    if (field.isEmpty() || !field.get().regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(field.get().substring(6).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new Credentials(
                  PercentCoding.decodeForm(text.substring(0, colon)),
                  PercentCoding.decodeForm(text.substring(colon + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String required(Parameters form, String name, String requestId) {
    return form.nonEmpty(name)
        .orElseThrow(
            () ->
                LoginErrors.token(
                    400,
                    "invalid_request",
                    "The request is missing a required parameter : " + name,
                    requestId));
  }

  private static ResponseException invalidGrant(String parameter, String requestId) {
    return LoginErrors.token(
        400,
        "invalid_grant",
        "The request has an invalid grant parameter : " + parameter,
        requestId);
  }

  static Response uncached(Response response, String requestId) {
    return response
        .with("Cache-Control", "no-cache, no-store, must-revalidate")
        .with("Pragma", "no-cache")
        .with("x-amzn-RequestId", requestId);
  }

  /** A body that ended early or is too large. */
  static Response malformed(Request request) {
    return Response.json(
        400,
        Json.object("error", "invalid_request", "error_description", "The request is malformed"));
  }
}
