package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.internal.http.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A user's browser without JavaScript: it has cookies, follows redirects and sends forms. */
final class Browser {
  private static final Pattern ACTION =
      Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"");
  private static final int MOST_REDIRECTS = 10;

  private final Supplier<URI> base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();

  private @Nullable HttpResponse<String> page;

  /**
   * @param base where the simulator is: redirects to elsewhere are not followed
   */
  Browser(Supplier<URI> base) {
    this.base = base;
  }

  void open(String url) {
    page = follow(get(url));
  }

  /** Sends the form of the page that is open. */
  void submit(String... form) {
    Matcher action = ACTION.matcher(page().body());
    Expect.that(action.find(), "the page has no form: " + page().body());
    URI target = page().uri().resolve(action.group(1).replace("&amp;", "&"));
    page = follow(post(target.toString(), Parameters.encode(form)));
  }

  /** What a script of a page asks; the page stays open. */
  HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  /** As {@link #get}, with a form. */
  HttpResponse<String> post(String url, String form) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private HttpResponse<String> follow(HttpResponse<String> answer) {
    HttpResponse<String> last = answer;
    for (int i = 0; i < MOST_REDIRECTS && last.statusCode() / 100 == 3; i++) {
      URI location = last.uri().resolve(last.headers().firstValue("Location").orElse(""));
      if (!base.get().getAuthority().equals(location.getAuthority())) {
        return last;
      }
      last = get(location.toString());
    }
    return last;
  }

  HttpResponse<String> page() {
    HttpResponse<String> last = page;
    if (last == null) {
      throw new AssertionError("no page is open");
    }
    return last;
  }

  /** What the page says, without its mark-up. */
  String text() {
    return page().body().replaceAll("<[^>]+>", "").replace("&#39;", "'");
  }
}
