package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.PickResult;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Picking, saving and converting files. */
public final class FilestackSteps {
  private final SimulatorContext context;
  private FilestackApp.@Nullable Exported exported;
  private @Nullable String refusal;

  public FilestackSteps(SimulatorContext context) {
    this.context = context;
  }

  @Given("{person} has picked {string}")
  @When("{person} picks {string}")
  public void picks(String person, String path) {
    context.picked(context.target().pick(context.email(person), path, Map.of()));
  }

  @Given("{person} has picked {string} as a link")
  @When("{person} picks {string} as a link")
  public void picksAsLink(String person, String path) {
    context.picked(context.target().pick(context.email(person), path, Map.of("mode", "link")));
  }

  @Given("{person} has picked {string} into the container {string} of {word}")
  public void picksInto(String person, String path, String container, String location) {
    context.picked(
        context
            .target()
            .pick(
                context.email(person),
                path,
                Map.of("storeTo", Map.of("location", location, "container", container))));
  }

  @When("{person} picks {string} but gives no access to the drive")
  public void picksDenied(String person, String path) {
    context.picked(context.target().pick(context.email(person), path, Map.of("consent", "deny")));
  }

  @When("a page lists Amazon Cloud Drive with the application key {string}")
  public void listsWithKey(String key) {
    String body =
        Json.text(
            Json.object(
                "apikey", key, "clouds", Json.object("clouddrive", Json.object("path", "/"))));
    context.send(
        HttpRequest.newBuilder(context.baseUrl().resolve("/folder/list"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  @Then("the application gets the file {string} of type {string} from {string}")
  public void getsTheFile(String filename, String type, String source) {
    PickResult.PickedFile file = context.picked().file();
    Expect.equal("the file name", filename, file.filename());
    Expect.equal("the type", type, file.mimetype());
    Expect.equal("the source", source, file.source());
  }

  @Then("the application gets no file, because of {string}")
  public void getsNoFile(String error) {
    Expect.equal("the list of files", List.of(), context.picked().filesUploaded());
    Expect.equal("the error", error, context.picked().filesFailed().get(0).error());
  }

  @Then("the link gives the bytes of {person}'s {string}")
  public void givesTheBytes(String person, String path) {
    HttpResponse<byte[]> answer = context.get(context.picked().file().url());
    Expect.equal("the status", 200, answer.statusCode());
    Expect.equal(
        "the MD5 of the link's bytes",
        context.target().md5(context.email(person), path),
        Optional.of(md5(answer.body())));
  }

  @When("somebody opens the link")
  public void opensTheLink() {
    context.get(context.picked().file().url());
  }

  @When("somebody opens the saved file")
  public void opensTheSavedFile() {
    FilestackApp.Exported saved = exported;
    Expect.that(saved != null, "nothing was saved: " + refusal);
    if (saved != null) {
      context.get(saved.url());
    }
  }

  @When("somebody opens bytes {int} to {int} of the link")
  public void opensPart(int first, int last) {
    context.get(context.picked().file().url(), "Range", "bytes=" + first + "-" + last);
  }

  @Then("the text is {string}")
  public void textIs(String text) {
    Expect.equal("the text", text, body());
  }

  @Then("the answer is {int}")
  public void statusIs(int status) {
    Expect.equal("the status (" + body() + ")", status, context.response().statusCode());
  }

  @Then("the answer is {int} with {string}")
  public void statusIs(int status, String words) {
    statusIs(status);
    Expect.that(body().contains(words), "\"" + body() + "\" does not contain " + words);
  }

  private String body() {
    return new String(context.response().body(), StandardCharsets.UTF_8);
  }

  @Then("Filestack says of the file that its {string} is {string}")
  public void metadata(String key, String value) {
    String url = context.baseUrl() + "/api/file/" + context.handle() + "/metadata";
    JsonObject facts = Json.parseObject(context.get(url).body());
    Expect.equal(key, value, String.valueOf(facts.value(key)));
  }

  @Given("{person} has saved the file as {string} in {string}")
  @When("{person} saves the file as {string} in {string}")
  public void saves(String person, String filename, String folder) {
    save(person, filename, folder, true);
  }

  @When("{person} saves the file as {string} but gives no access to the drive")
  public void savesDenied(String person, String filename) {
    save(person, filename, "/", false);
  }

  private void save(String person, String filename, String folder, boolean allows) {
    exported = null;
    refusal = null;
    try {
      exported =
          context
              .target()
              .export(
                  context.email(person),
                  context.picked().file().handle(),
                  folder,
                  filename,
                  allows);
    } catch (Target.RefusedException e) {
      refusal = e.getMessage();
    }
  }

  @When("a page opens the {word} dialog")
  public void opensDialog(String dialog) {
    opensDialogWith(dialog, Map.of());
  }

  @When("a page opens the {word} dialog with")
  public void opensDialogWith(String dialog, Map<String, String> query) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("key", context.apikey());
    all.put("version", "v2");
    all.putAll(query);
    List<String> pairs = new ArrayList<>();
    all.forEach((name, value) -> pairs.addAll(List.of(name, value)));
    context.get(
        context.baseUrl()
            + "/dialog/"
            + dialog
            + "/?"
            + Parameters.encode(pairs.toArray(String[]::new)));
  }

  @Then("the application gets the saved file {string} at {string}")
  public void getsTheSavedFile(String filename, String client) {
    FilestackApp.Exported saved = exported;
    Expect.that(saved != null, "nothing was saved: " + refusal);
    if (saved != null) {
      Expect.equal("the file name", filename, saved.filename());
      Expect.equal("the service", client, saved.client());
      Expect.equal("the status of its link", 200, context.get(saved.url()).statusCode());
    }
  }

  @Then("saving fails with {string}")
  public void savingFails(String words) {
    Expect.that(
        refusal != null && refusal.contains(words),
        "\"" + refusal + "\" does not contain " + words);
  }

  @When("a page asks for the conversion {string}")
  public void converts(String tasks) {
    PickResult.PickedFile file = context.picked().file();
    String path = tasks.replace("[", "%5B").replace("]", "%5D");
    context.get(file.url().replace("/" + file.handle(), "/" + path + "/" + file.handle()));
  }

  @When("a page asks for the old conversion {string}")
  public void convertsOld(String query) {
    context.get(
        context.baseUrl() + "/api/file/" + context.picked().file().handle() + "/convert?" + query);
  }

  @Then("the answer is a picture of {int} × {int} pixels in {string}")
  public void isPicture(int width, int height, String type) throws IOException {
    statusIs(200);
    Expect.equal(
        "the type", type, context.response().headers().firstValue("Content-Type").orElse(""));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(context.response().body()));
    Expect.equal("the width", width, image.getWidth());
    Expect.equal("the height", height, image.getHeight());
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
