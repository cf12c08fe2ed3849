package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.http.Html;
import dev.clouddrive.simulator.internal.http.Response;
import java.util.List;

/** The pages of Login with Amazon: plain HTML that works without JavaScript. */
final class Pages {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
      body{margin:0;background:Canvas;color:CanvasText;display:grid;place-items:center;min-height:100vh}
      main{width:min(22rem,90vw);padding:1.5rem;border:1px solid #8886;border-radius:.75rem}
      h1{font-size:1.25rem;margin:0 0 1rem}
      label{display:block;margin:.75rem 0 .25rem}
      input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:1px solid #8889;border-radius:.375rem}
      button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0;border:1px solid #8889;border-radius:.375rem;cursor:pointer}
      button.main{background:#f0c14b;color:#111}
      button.link{margin:0;padding:0;border:0;background:none;color:LinkText;text-decoration:underline}
      .problem{color:#c40000}
      @media(prefers-color-scheme:dark){.problem{color:#ff8a80}}
      .note{margin:0 0 1rem;padding:.25rem .5rem;background:#8882;border-radius:.375rem;font-size:.875rem}
      """;

  private Pages() {}

  /**
   * @param query the authorization request, which the form carries on
   * @param problem why the last try failed; empty at first
   */
  static Response signIn(String query, String email, String problem) {
    return page(
        problem.isEmpty() ? 200 : 401,
        "Amazon Sign-In",
        """
        <h1>Sign in</h1>
        %s
        <form method="post" action="/ap/signin?%s">
        <label for="email">Email</label>
        <input id="email" name="email" type="email" autocomplete="username" required autofocus value="%s">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
        <button class="main" type="submit">Sign in</button>
        </form>
        """
            .formatted(
                problem.isEmpty()
                    ? ""
                    : "<p class=\"problem\" role=\"alert\">" + Html.escape(problem) + "</p>",
                Html.escape(query),
                Html.escape(email)));
  }

  static Response consent(String query, String app, String customer, List<String> scopes) {
    StringBuilder wishes = new StringBuilder();
    for (String scope : scopes) {
      wishes
          .append("<li>")
          .append(Html.escape(meaning(scope)))
          .append(" <code>")
          .append(Html.escape(scope))
          .append("</code></li>\n");
    }
    return page(
        200,
        "Amazon Cloud Drive: allow access?",
        """
        <h1>Allow %1$s to use your Cloud Drive?</h1>
        <form class="inline" method="post" action="/ap/signout?%4$s">
        Signed in as %2$s. <button class="link" type="submit">Not you?</button>
        </form>
        <p>The app asks to</p>
        <ul>
        %3$s</ul>
        <form method="post" action="/ap/consent?%4$s">
        <button class="main" type="submit" name="consent" value="allow">Allow</button>
        <button type="submit" name="consent" value="deny">Cancel</button>
        </form>
        """
            .formatted(Html.escape(app), Html.escape(customer), wishes, Html.escape(query)));
  }

  static Response error(int status, String detailHtml) {
    return page(
        status,
        "Amazon Sign-In",
        """
        <h1>We're sorry!</h1>
        <p class="problem" role="alert">An error occurred when we tried to process your request.</p>
        <p>%s</p>
        """
            .formatted(detailHtml));
  }

  private static String meaning(String scope) {
    return switch (scope) {
      case "clouddrive:read_image" -> "see your files and read your pictures";
      case "clouddrive:read_video" -> "see your files and read your videos";
      case "clouddrive:read_document" -> "see your files and read your documents";
      case "clouddrive:read_other" -> "see your files and read your other files";
      case "clouddrive:read_all", "clouddrive:read" -> "see and read all your files";
      case "clouddrive:write" -> "add, change and remove files";
      case "profile", "profile:user_id" -> "know who you are";
      case "postal_code" -> "know your postal code";
      default -> scope;
    };
  }

  private static Response page(int status, String title, String main) {
    return Response.html(
            status,
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>%s (simulation)</title>
            <style>%s</style>
            </head>
            <body>
            <main>
            <p class="note">This is a simulation of Login with Amazon. No real account is involved.</p>
            %s
            </main>
            </body>
            </html>
            """
                .formatted(title, STYLE, main))
        .with("Cache-Control", "no-store")
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors *");
  }
}
