package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.world.Login;
import dev.clouddrive.simulator.internal.world.World;
import java.util.List;
import java.util.Optional;

/** A valid request to the authorise endpoint (amazon-cloud-drive.md 2.1). */
record AuthorizationRequest(
    Login.Client client,
    String redirectUri,
    List<String> scopes,
    Optional<String> state,
    boolean implicit,
    Optional<Login.Challenge> challenge) {

  private static final String MISSING = "The request is missing a required parameter : ";

  /**
   * Checks in the order that keeps redirects safe: client and return URL first, and only when both
   * are good the rest, whose errors go back to the client.
   *
   * @throws ResponseException with a page, or with a redirect that holds the error
   */
  static AuthorizationRequest of(Parameters query, World world) {
    String clientId = query.get("client_id").orElse("");
    Login.Client client =
        world
            .read(s -> Optional.ofNullable(s.login.clients.get(clientId)))
            .orElseThrow(() -> LoginErrors.page("Unknown client id " + clientId));
    String redirectUri = query.get("redirect_uri").orElse("");
    if (!RedirectUris.allows(client, redirectUri)) {
      throw LoginErrors.page(
          "The redirect URI you provided has not been whitelisted for your application: "
              + redirectUri);
    }
    AuthorizationRequest request =
        new AuthorizationRequest(
            client,
            redirectUri,
            scopesOf(query.get("scope").orElse("")),
            query.get("state"),
            query.get("response_type").orElse("").equals("token"),
            query
                .nonEmpty("code_challenge")
                .map(
                    value ->
                        new Login.Challenge(
                            value, query.nonEmpty("code_challenge_method").orElse("plain"))));
    request.check(query);
    return request;
  }

  private void check(Parameters query) {
    for (String name : List.of("client_id", "redirect_uri", "scope", "response_type", "state")) {
      if (query.isRepeated(name)) {
        throw refuse("invalid_request", "The request has a repeated parameter : " + name);
      }
    }
    String responseType =
        query
            .nonEmpty("response_type")
            .orElseThrow(() -> refuse("invalid_request", MISSING + "response_type"));
    if (!responseType.equals("code") && !responseType.equals("token")) {
      throw refuse(
          "unsupported_response_type",
          "The authorization server does not support obtaining an authorization code using this"
              + " method");
    }
    if (challenge.filter(c -> !List.of("plain", "S256").contains(c.method())).isPresent()) {
      throw refuse(
          "invalid_request", "The request has an invalid parameter : code_challenge_method");
    }
    if (scopes.isEmpty()) {
      throw refuse("invalid_request", MISSING + "scope");
    }
    for (String scope : scopes) {
      if (!client.scopes().contains(scope)) {
        throw refuse("invalid_scope", "An unknown scope was requested : " + scope);
      }
    }
  }

  private ResponseException refuse(String error, String description) {
    return new ResponseException(denied(error, description));
  }

  /** Back to the client with an error. */
  Response denied(String error, String description) {
    return back("error=" + error + "&error_description=" + PercentCoding.encode(description));
  }

  /** Back to the client with a code; the granted scope is echoed with plus signs. */
  Response granted(String code) {
    String scope = String.join("+", scopes.stream().map(PercentCoding::encode).toList());
    return back("code=" + code + "&scope=" + scope);
  }

  /** Back to the client with an access token, in the fragment: no server sees it. */
  Response granted(Tokens.Issued issued) {
    String scope = String.join("+", scopes.stream().map(PercentCoding::encode).toList());
    return back(
        "access_token="
            + PercentCoding.encode(issued.accessToken())
            + "&token_type=bearer&expires_in="
            + issued.expiresIn()
            + "&scope="
            + scope);
  }

  private Response back(String answer) {
    String separator = implicit ? "#" : redirectUri.contains("?") ? "&" : "?";
    return Response.redirect(
            redirectUri
                + separator
                + answer
                + state.map(s -> "&state=" + PercentCoding.encode(s)).orElse(""))
        .with("Cache-Control", "no-store");
  }

  static List<String> scopesOf(String text) {
    return List.of(text.strip().split("[ +]+")).stream()
        .filter(scope -> !scope.isEmpty())
        .distinct()
        .toList();
  }
}
