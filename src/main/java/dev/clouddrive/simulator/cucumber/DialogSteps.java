package dev.clouddrive.simulator.cucumber;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clouddrive.simulator.PickResult;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The picker and the save dialog, click by click, by the calls that their scripts make. */
public final class DialogSteps {
  private final SimulatorContext context;

  /** Each person's session with the picker, by email. */
  private final Map<String, String> sessions = new HashMap<>();

  private @Nullable JsonObject shown;
  private String folder = "/";

  public DialogSteps(SimulatorContext context) {
    this.context = context;
  }

  @When("{person} opens {string} of Amazon Cloud Drive in the picker")
  public void opensInPicker(String person, String path) {
    shown = cloud(person, "/folder/list", Json.object("path", path));
  }

  @Then("the picker sends {person} to Amazon")
  @Then("the save dialog sends {person} to Amazon")
  public void sendsToAmazon(String person) {
    Optional<String> login =
        shown().optionalObject("auth").flatMap(auth -> auth.optionalString("redirect_url"));
    Expect.that(login.isPresent(), "nobody is asked to log in: " + shown().toMap());
    context.browser(person).open(login.orElseThrow());
  }

  @Then("the picker shows {string}")
  public void pickerShows(String names) {
    shows(names, "name");
  }

  @Then("the save dialog shows {string}")
  public void saveDialogShows(String names) {
    shows(names, "filename");
  }

  private void shows(String names, String key) {
    Expect.that(shown().has("contents"), "no folder is shown: " + shown().toMap());
    List<String> listed = shown().objects("contents").stream().map(e -> e.string(key)).toList();
    Expect.equal(
        "the list", names.isEmpty() ? List.of() : Arrays.asList(names.split(", ")), listed);
  }

  @When("{person} selects {string} in the picker")
  public void selects(String person, String path) {
    JsonObject file = cloud(person, "/store/", Json.object("path", path));
    context.picked(
        new PickResult(
            List.of(
                new PickResult.PickedFile(
                    file.string("filename"),
                    file.string("handle"),
                    file.string("mimetype"),
                    path,
                    file.longValue("size"),
                    file.string("client"),
                    file.string("url"),
                    "")),
            List.of()));
  }

  /** A call of the cloud API, with the session that the answers before it have told. */
  private JsonObject cloud(String person, String call, Map<String, @Nullable Object> wish) {
    Map<String, @Nullable Object> body =
        Json.object(
            "apikey", context.apikey(), "flow", "web", "clouds", Json.object("clouddrive", wish));
    String session = sessions.get(context.email(person));
    if (session != null) {
      body.put("token", session);
    }
    HttpResponse<String> answer =
        context
            .browser(person)
            .send(
                HttpRequest.newBuilder(context.baseUrl().resolve(call))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                    .build());
    Expect.equal("the status (" + answer.body() + ")", 200, answer.statusCode());
    JsonObject json = Json.parseObject(answer.body().getBytes(UTF_8));
    json.optionalString("token").ifPresent(token -> sessions.put(context.email(person), token));
    return json.object("clouddrive");
  }

  @When("{person} opens {string} of Amazon Cloud Drive in the save dialog")
  public void opensInSaveDialog(String person, String path) {
    folder = path.endsWith("/") ? path : path + "/";
    HttpResponse<String> answer =
        context
            .browser(person)
            .get(place("") + "?" + Parameters.encode("js_session", page(), "format", "info"));
    shown = Json.parseObject(answer.body().getBytes(UTF_8));
  }

  @When("{person} saves it there as {string}")
  public void savesThere(String person, String filename) {
    HttpResponse<String> answer =
        context
            .browser(person)
            .post(
                place(filename),
                Parameters.encode("url", context.picked().file().url(), "js_session", page()));
    Expect.equal("the status (" + answer.body() + ")", 200, answer.statusCode());
  }

  private String place(String filename) {
    return context.baseUrl()
        + "/api/path/Clouddrive"
        + PercentCoding.encodePath(folder)
        + PercentCoding.encode(filename);
  }

  /** What the dialog's page knows of the application. */
  private String page() {
    return Json.text(Json.object("apikey", context.apikey(), "version", "v2"));
  }

  private JsonObject shown() {
    JsonObject last = shown;
    if (last == null) {
      throw new AssertionError("no dialog is open");
    }
    return last;
  }
}
