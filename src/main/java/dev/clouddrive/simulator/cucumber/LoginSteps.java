package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Login with Amazon by its pages, as a browser without JavaScript uses them. */
public final class LoginSteps {
  private static final String CLIENT_ID = "amzn1.application-oa2-client.simulator";
  private static final String SECRET = "simulator-secret";
  private static final String CALLBACK = "http://127.0.0.1:9000/callback";
  private final SimulatorContext context;
  private @Nullable JsonObject tokens;

  public LoginSteps(SimulatorContext context) {
    this.context = context;
  }

  @When("an app sends {person} to Amazon for {string}")
  public void sends(String person, String scope) {
    open(person, "response_type", "code", "scope", scope, "redirect_uri", CALLBACK);
  }

  @When("an app in a page sends {person} to Amazon for {string}")
  public void sendsFromPage(String person, String scope) {
    open(person, "response_type", "token", "scope", scope, "redirect_uri", CALLBACK);
  }

  @When("an app sends {person} to Amazon with the {string} challenge {string}")
  public void sendsWithChallenge(String person, String method, String challenge) {
    open(
        person,
        "response_type",
        "code",
        "scope",
        "clouddrive:read_all",
        "redirect_uri",
        CALLBACK,
        "code_challenge",
        challenge,
        "code_challenge_method",
        method);
  }

  @When("the app exchanges the code with the verifier {string} and no secret")
  public void exchangeWithVerifier(String verifier) {
    context.send(
        HttpRequest.newBuilder(context.baseUrl().resolve("/auth/o2/token"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Parameters.encode(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        CLIENT_ID,
                        "code",
                        back().get("code").orElse(""),
                        "redirect_uri",
                        CALLBACK,
                        "code_verifier",
                        verifier)))
            .build());
  }

  @Then("the page gets an access token in the fragment and no refresh token")
  public void getsTokenInFragment() {
    String location = current().headers().firstValue("Location").orElse("");
    Expect.that(location.startsWith(CALLBACK + "#access_token=Atza"), "no token: " + location);
    Expect.that(!location.contains("refresh_token"), "there is a refresh token");
  }

  @When("an app sends {person} to Amazon with the return URL {string}")
  public void sendsWithReturnUrl(String person, String redirectUri) {
    open(
        person,
        "response_type",
        "code",
        "scope",
        "clouddrive:read_all",
        "redirect_uri",
        redirectUri);
  }

  private void open(String person, String... parameters) {
    String query =
        Parameters.encode("client_id", CLIENT_ID, "state", "xyz-1")
            + "&"
            + Parameters.encode(parameters);
    context.browser(person).open(context.baseUrl() + "/ap/oa?" + query);
  }

  @When("{person} signs in with the password {string}")
  public void signsIn(String person, String password) {
    String email = context.email(person);
    context.browser(person).submit("email", email, "password", password);
  }

  @When("{person} allows it")
  public void allows(String person) {
    context.browser(person).submit("consent", "allow");
  }

  @When("{person} cancels")
  public void cancels(String person) {
    context.browser(person).submit("consent", "deny");
  }

  @Given("an app has tokens of {person} for {string}")
  public void hasTokens(String person, String scope) {
    sends(person, scope);
    signsIn(person, "password");
    allows(person);
    exchange();
  }

  @Then("Amazon's page says {string}")
  @Then("Filestack's page says {string}")
  public void pageSays(String words) {
    String text = context.browser().text();
    Expect.that(text.contains(words), "the page does not say " + words + ": " + text);
  }

  @Then("no redirect leaves Amazon")
  public void noRedirect() {
    Expect.equal("the status", 400, current().statusCode());
    Expect.that(current().headers().firstValue("Location").isEmpty(), "there is a redirect");
  }

  @Then("the app gets a code and its state back")
  public void getsCode() {
    Parameters back = back();
    Expect.that(back.nonEmpty("code").isPresent(), "there is no code");
    Expect.equal("the state", "xyz-1", back.get("state").orElse(""));
  }

  @Then("the app gets the error {string} back")
  public void getsError(String error) {
    Expect.equal("the error", error, back().get("error").orElse(""));
    Expect.that(back().nonEmpty("error_description").isPresent(), "there is no description");
  }

  @When("the app exchanges the code")
  public void exchange() {
    token(
        "grant_type",
        "authorization_code",
        "code",
        back().get("code").orElse(""),
        "redirect_uri",
        CALLBACK);
  }

  @When("the app refreshes its tokens")
  public void refresh() {
    token("grant_type", "refresh_token", "refresh_token", held().string("refresh_token"));
  }

  @Then("the app gets a bearer token for {int} seconds and a refresh token")
  public void getsTokens(int seconds) {
    Expect.equal("the type", "bearer", held().string("token_type"));
    Expect.equal("the life", (long) seconds, held().longValue("expires_in"));
    Expect.that(held().string("access_token").startsWith("Atza|"), "no access token");
    Expect.that(held().string("refresh_token").startsWith("Atzr|"), "no refresh token");
  }

  @Then("the token lists the folders {string}")
  public void lists(String names) {
    HttpResponse<byte[]> answer = drive("nodes?filters=" + encoded("kind:FOLDER AND isRoot:true"));
    Expect.equal("the status", 200, answer.statusCode());
    String root = Json.parseObject(answer.body()).objects("data").get(0).string("id");
    List<String> listed =
        Json.parseObject(drive("nodes?filters=" + encoded("parents:" + root)).body())
            .objects("data")
            .stream()
            .map(node -> node.string("name"))
            .toList();
    Expect.equal("the list of folders", Arrays.asList(names.split(", ")), listed);
  }

  @When("the app lists the drive")
  public void listsTheDrive() {
    drive("nodes?filters=isRoot:true");
  }

  private HttpResponse<byte[]> drive(String path) {
    return context.get(
        context.baseUrl() + "/drive/v1/" + path,
        "Authorization",
        "Bearer " + held().string("access_token"));
  }

  private static String encoded(String text) {
    return Parameters.encode("", text).substring(1);
  }

  private void token(String... form) {
    String[] all = Arrays.copyOf(form, form.length + 4);
    all[form.length] = "client_id";
    all[form.length + 1] = CLIENT_ID;
    all[form.length + 2] = "client_secret";
    all[form.length + 3] = SECRET;
    HttpResponse<byte[]> answer =
        context.send(
            HttpRequest.newBuilder(context.baseUrl().resolve("/auth/o2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Parameters.encode(all)))
                .build());
    if (answer.statusCode() == 200) {
      tokens = Json.parseObject(answer.body());
      context.bearer(tokens.string("access_token"));
    }
  }

  private JsonObject held() {
    JsonObject last = tokens;
    if (last == null) {
      throw new AssertionError("the app has no tokens");
    }
    return last;
  }

  private HttpResponse<String> current() {
    return context.browser().page();
  }

  /** The parameters with which the user came back to the app. */
  private Parameters back() {
    String location = current().headers().firstValue("Location").orElse("");
    Expect.that(location.startsWith(CALLBACK + "?"), "the user was not sent back: " + location);
    return Parameters.parse(location.substring(CALLBACK.length() + 1));
  }
}
