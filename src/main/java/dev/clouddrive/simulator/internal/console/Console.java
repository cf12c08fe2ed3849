package dev.clouddrive.simulator.internal.console;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Operation;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Role;
import dev.clouddrive.simulator.internal.http.Route;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/**
 * The web console: a page that shows the clock, the drives and the deliveries of the control API.
 */
public final class Console {
  private static final Role ROLE =
      new Role(
          "console",
          Set.of(),
          new Role.Errors(
              request -> Response.text(404, "there is no such page\n"),
              request -> Response.text(405, "pages are read with GET\n"),
              request -> Response.text(400, "the request ended early\n"),
              request -> Response.text(413, "the request is too large\n"),
              request -> Response.text(500, "the page can't be shown\n"),
              (status, request) -> Response.text(status, "refused\n")),
          false,
          false);

  private static final String FOLDER = "dev/clouddrive/simulator/console/";

  private Console() {}

  public static List<Route> routes() {
    return List.of(
        Route.of(
            "console.home",
            "GET",
            "/_simulator",
            ROLE,
            request -> Response.redirect("/_simulator/")),
        Route.of("console.page", "GET", "/_simulator/", ROLE, request -> asset("index.html")),
        Route.of(
            "console.style", "GET", "/_simulator/console.css", ROLE, r -> asset("console.css")),
        Route.of("console.script", "GET", "/_simulator/console.js", ROLE, r -> asset("console.js")),
        Route.of("console.try", "GET", "/_simulator/try/", ROLE, r -> asset("try.html")),
        Route.of(
            "console.tryNoSlash",
            "GET",
            "/_simulator/try",
            ROLE,
            request -> Response.redirect("/_simulator/try/")),
        Route.of("console.tryScript", "GET", "/_simulator/try/try.js", ROLE, r -> asset("try.js")),
        Route.of(
            "console.tryWebhook", "POST", "/_simulator/try/webhook", ROLE, r -> Response.of(200)),
        Route.of("console.root", "GET", "/", ROLE, request -> Response.redirect("/_simulator/")),
        Route.of(
            "console.unknown",
            Operation.ANY_METHOD,
            "/_simulator/{path...}",
            ROLE,
            request -> Response.text(404, "there is no such page\n")));
  }

  private static Response asset(String name) throws IOException {
    try (InputStream in = Console.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return Response.of(200, typeOf(name), Body.of(in.readAllBytes()))
          .with("Cache-Control", "no-cache")
          .with("X-Content-Type-Options", "nosniff")
          .with(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " img-src 'self'; base-uri 'none'; form-action 'self'");
    }
  }

  private static String typeOf(String name) {
    if (name.endsWith(".html")) {
      return "text/html; charset=utf-8";
    }
    if (name.endsWith(".css")) {
      return "text/css; charset=utf-8";
    }
    return name.endsWith(".js") ? "text/javascript; charset=utf-8" : "image/png";
  }
}
