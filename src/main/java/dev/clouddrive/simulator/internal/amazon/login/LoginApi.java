package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Role;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.World;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations of Login with Amazon (amazon-cloud-drive.md 2). */
public final class LoginApi {
  static final Role WEBSITE =
      new Role(
          "amazon.login",
          Set.of("www.amazon.com", "amazon.com"),
          new Role.Errors(
              request -> Pages.error(404, "There is no such page."),
              request -> Pages.error(405, "This page is not for that."),
              request -> Pages.error(400, "The request ended early."),
              request -> Pages.error(413, "The request is too large."),
              request -> Pages.error(500, "Please try again."),
              (status, request) -> Pages.error(status, "Please try again.")),
          false,
          true);

  static final Role API =
      new Role(
          "amazon.api",
          Set.of("api.amazon.com"),
          new Role.Errors(
              request -> Response.json(404, Json.object("error", "not_found")),
              request -> Response.of(405),
              TokenEndpoint::malformed,
              TokenEndpoint::malformed,
              request ->
                  Response.json(
                      500,
                      Json.object(
                          "error",
                          "ServerError",
                          "error_description",
                          "The authorization server encountered an unexpected error")),
              (status, request) -> LoginErrors.byStatus(status)),
          false,
          true);

  private LoginApi() {}

  /** Every host name of Login with Amazon's. */
  public static Set<String> hosts() {
    return Stream.of(WEBSITE, API)
        .flatMap(role -> role.hosts().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  public static List<Route> routes(World world, Tokens tokens) {
    AuthorizeEndpoint authorize = new AuthorizeEndpoint(world, tokens);
    CustomerApi customer = new CustomerApi(world, tokens);
    TokenEndpoint token = new TokenEndpoint(world, tokens);
    return List.of(
        Route.of("login.authorize", "GET", "/ap/oa", WEBSITE, authorize::authorize),
        Route.of("login.signIn", "POST", "/ap/signin", WEBSITE, authorize::signIn),
        Route.of("login.signOut", "POST", "/ap/signout", WEBSITE, authorize::signOut),
        Route.of("login.consent", "POST", "/ap/consent", WEBSITE, authorize::consent),
        Route.of("login.token", "POST", "/auth/o2/token", API, token::token),
        Route.of("login.tokenInfo", "GET", "/auth/o2/tokeninfo", API, customer::tokenInfo),
        Route.of("login.profile", "GET", "/user/profile", API, customer::profile));
  }
}
