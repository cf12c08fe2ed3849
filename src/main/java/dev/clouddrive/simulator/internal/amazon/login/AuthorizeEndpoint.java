package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.Account;
import dev.clouddrive.simulator.internal.world.Login;
import dev.clouddrive.simulator.internal.world.Script;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a customer signs in and agrees (amazon-cloud-drive.md 2.1). The request travels on in the
 * query from page to page, so that no page depends on another one's state.
 */
final class AuthorizeEndpoint {
  private static final String COOKIE = "session-token";
  private static final Duration CODE_LIFE = Duration.ofMinutes(5);
  private static final int FORM_LIMIT = 64 * 1024;

  private final World world;
  private final Tokens tokens;

  AuthorizeEndpoint(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  /** {@code GET /ap/oa} */
  Response authorize(Request request) {
    AuthorizationRequest authorization = AuthorizationRequest.of(request.query(), world);
    Optional<Account> customer = signedIn(request);
    if (customer.isEmpty()) {
      return Script.of(world)
          .flatMap(script -> scripted(authorization, script))
          .orElseGet(() -> Pages.signIn(request.rawQuery(), "", ""));
    }
    Login.Consent consent =
        world.read(s -> s.login.consent(customer.get().email(), authorization.client().clientId()));
    if (consent != null && consent.scopes().containsAll(authorization.scopes())) {
      return grant(authorization, customer.get());
    }
    return Pages.consent(
        request.rawQuery(),
        authorization.client().name(),
        customer.get().email(),
        authorization.scopes());
  }

  /**
   * What comes of a login that nobody sees (simulator.md section 5). A browser in which somebody
   * has signed in by hand is left to them.
   */
  private Optional<Response> scripted(AuthorizationRequest authorization, Script script) {
    return world
        .read(s -> s.account(script.account()).map(WorldState.Holder::account))
        .map(customer -> script.allows() ? agreed(authorization, customer) : denied(authorization));
  }

  /** {@code POST /ap/signin} */
  Response signIn(Request request) throws IOException {
    AuthorizationRequest.of(request.query(), world);
    Parameters form = request.form(FORM_LIMIT);
    String email = form.get("email").orElse("").strip();
    Optional<Account> account = world.read(s -> s.account(email).map(WorldState.Holder::account));
    if (account.isEmpty()) {
      return Pages.signIn(
          request.rawQuery(), email, "We cannot find an account with that email address");
    }
    if (!account.get().password().equals(form.get("password").orElse(""))) {
      return Pages.signIn(request.rawQuery(), email, "Your password is incorrect");
    }
    String cookie =
        world.change(
            s -> {
              String value = world.ids().token("", 32);
              s.login.signIns.put(value, email);
              return value;
            });
    return Response.of(303)
        .with("Location", "/ap/oa?" + request.rawQuery())
        .with("Set-Cookie", COOKIE + "=" + cookie + "; Path=/ap; HttpOnly; SameSite=Lax");
  }

  /** {@code POST /ap/consent} */
  Response consent(Request request) throws IOException {
    AuthorizationRequest authorization = AuthorizationRequest.of(request.query(), world);
    Optional<Account> customer = signedIn(request);
    if (customer.isEmpty()) {
      return Pages.signIn(request.rawQuery(), "", "Please sign in first");
    }
    return request.form(FORM_LIMIT).get("consent").orElse("deny").equals("allow")
        ? agreed(authorization, customer.get())
        : denied(authorization);
  }

  private static Response denied(AuthorizationRequest authorization) {
    return authorization.denied(
        "access_denied", "The customer or authorization server denied the request");
  }

  private Response agreed(AuthorizationRequest authorization, Account customer) {
    world.change(
        s -> {
          s.login.agree(
              customer.email(), authorization.client().clientId(), authorization.scopes());
          return null;
        });
    return grant(authorization, customer);
  }

  /** {@code POST /ap/signout}: somebody else wants to sign in. */
  Response signOut(Request request) {
    request
        .cookie(COOKIE)
        .ifPresent(
            cookie ->
                world.change(
                    s -> {
                      s.login.signIns.remove(cookie);
                      return null;
                    }));
    return Response.of(303)
        .with("Location", "/ap/oa?" + request.rawQuery())
        .with("Set-Cookie", COOKIE + "=; Path=/ap; Max-Age=0; HttpOnly; SameSite=Lax");
  }

  private Response grant(AuthorizationRequest authorization, Account customer) {
    if (authorization.implicit()) {
      return authorization.granted(
          tokens.issueImplicit(
              authorization.client().clientId(), customer.email(), authorization.scopes()));
    }
    String code =
        world.change(
            s -> {
              String value = world.ids().token("AN", 18);
              s.login.codes.put(
                  value,
                  new Login.AuthorizationCode(
                      value,
                      authorization.client().clientId(),
                      authorization.redirectUri(),
                      customer.email(),
                      authorization.scopes(),
                      world.now().plus(CODE_LIFE),
                      authorization.challenge().orElse(null)));
              return value;
            });
    return authorization.granted(code);
  }

  private Optional<Account> signedIn(Request request) {
    return request
        .cookie(COOKIE)
        .flatMap(
            cookie ->
                world.read(
                    s ->
                        Optional.ofNullable(s.login.signIns.get(cookie))
                            .flatMap(s::account)
                            .map(WorldState.Holder::account)));
  }
}
