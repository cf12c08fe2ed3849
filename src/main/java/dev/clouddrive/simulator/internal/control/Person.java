package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.Account;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a user does with a browser, without one: keeps cookies, follows redirects, fills in Amazon's
 * login and consent forms. Each step is a request to the simulator like any other.
 */
final class Person {
  private static final int MOST_REDIRECTS = 10;

  private final HttpFunction simulator;
  private final Account account;
  private final boolean allows;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /**
   * @param allows whether they agree on the consent page
   */
  Person(HttpFunction simulator, Account account, boolean allows) {
    this.simulator = simulator;
    this.account = account;
    this.allows = allows;
  }

  /** A page and where the redirects ended. */
  private record Visit(String url, Response response) {}

  Response postJson(String url, Body json) {
    return send(Request.to("POST", url).withBody("application/json", json));
  }

  Response postForm(String url, String... form) {
    return send(
        Request.to("POST", url)
            .withBody("application/x-www-form-urlencoded", Parameters.form(form)));
  }

  /**
   * Goes where a picker sends its user to log in.
   *
   * @return whether the login ended with access
   */
  boolean logIn(String url) {
    Visit visit = follow(url, send(Request.to("GET", url)));
    if (isAuthorizePage(visit.url()) && visit.response().isSuccess()) {
      visit = submit(visit, "/ap/consent", "consent", allows ? "allow" : "deny");
    }
    return visit.response().isSuccess() && Parameters.parse(query(visit.url())).has("code");
  }

  private static boolean isAuthorizePage(String url) {
    return URI.create(url).getRawPath().equals("/ap/oa");
  }

  private static String query(String url) {
    String query = URI.create(url).getRawQuery();
    return query == null ? "" : query;
  }

  private Visit submit(Visit page, String action, String... form) {
    String url = resolve(page.url(), action + "?" + query(page.url()));
    return follow(url, postForm(url, form));
  }

  private Visit follow(String url, Response response) {
    String at = url;
    Response answer = response;
    for (int i = 0; i < MOST_REDIRECTS && answer.status() / 100 == 3; i++) {
      at = resolve(at, answer.headers().get("Location").orElse("/"));
      answer =
          isAuthorizePage(at) && !cookies.containsKey("session-token")
              ? signIn(at)
              : send(Request.to("GET", at));
    }
    return new Visit(at, answer);
  }

  /** Without looking at the page first: a script (PUT script) would act there for somebody else. */
  private Response signIn(String authorizeUrl) {
    return postForm(
        resolve(authorizeUrl, "/ap/signin?" + query(authorizeUrl)),
        "email",
        account.email(),
        "password",
        account.password());
  }

  private static String resolve(String base, String reference) {
    return URI.create(base).resolve(reference).toString();
  }

  private Response send(Request request) {
    StringBuilder jar = new StringBuilder();
    cookies.forEach(
        (name, value) ->
            jar.append(jar.length() == 0 ? "" : "; ").append(name).append('=').append(value));
    Response response =
        simulator.handle(
            jar.length() == 0 ? request : request.withHeader("Cookie", jar.toString()));
    for (Headers.Field field : response.headers().fields()) {
      if (field.name().equalsIgnoreCase("Set-Cookie")) {
        String pair = field.value().split(";", 2)[0];
        int equals = pair.indexOf('=');
        cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return response;
  }
}
