package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.internal.http.MultipartBody;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An app at the Drive REST API. */
public final class DriveSteps {
  private final SimulatorContext context;
  private @Nullable String checkpoint;

  public DriveSteps(SimulatorContext context) {
    this.context = context;
  }

  @When("the app makes the folder {string}")
  @Given("the app has made the folder {string}")
  public void makesFolder(String name) {
    call("POST", "/drive/v1/nodes", Json.object("name", name, "kind", "FOLDER"));
  }

  @When("the app uploads {string} with the text {string}")
  @Given("the app has uploaded {string} with the text {string}")
  public void uploads(String name, String text) {
    MultipartBody body = new MultipartBody("simulatorBoundary");
    body.field("metadata", Json.bytes(Json.object("name", name, "kind", "FILE")))
        .field("content", text.getBytes(StandardCharsets.UTF_8));
    try {
      context.send(
          request("/cdproxy/nodes")
              .header("Content-Type", body.contentType())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body.openStream().readAllBytes()))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @When("the app renames {string} to {string}")
  public void renames(String name, String newName) {
    call("PATCH", "/drive/v1/nodes/" + idOf(name), Map.of("name", newName));
  }

  @When("the app moves {string} into {string}")
  public void moves(String name, String folder) {
    String root = find("isRoot:true").get(0).string("id");
    call(
        "POST",
        "/drive/v1/nodes/" + idOf(folder) + "/children",
        Map.of("fromParent", root, "childId", idOf(name)));
  }

  @When("the app trashes {string}")
  public void trashes(String name) {
    call("PUT", "/drive/v1/trash/" + idOf(name), Map.of());
  }

  @When("the app purges {string}")
  public void purges(String name) {
    call("DELETE", "/drive/v1/nodes/" + idOf(name), Map.of());
  }

  @Then("the app finds {int} node(s) with {string}")
  public void finds(int count, String filters) {
    Expect.equal("the number of nodes", count, find(filters).size());
  }

  @Given("the app has asked for all changes")
  public void asksForAllChanges() {
    changes();
  }

  @Then("the app is told of a change of {string}")
  public void isToldOf(String name) {
    List<String> names =
        changes().stream().map(node -> node.optionalString("name").orElse("")).toList();
    Expect.that(names.contains(name), "only told of " + names);
  }

  @Then("the app is told of no more changes")
  public void isToldOfNothing() {
    Expect.equal("the number of changes", 0, changes().size());
  }

  /** Those since the last time. */
  private List<JsonObject> changes() {
    Map<String, @Nullable Object> ask = Json.object();
    if (checkpoint != null) {
      ask.put("checkpoint", checkpoint);
    }
    List<JsonObject> nodes = new ArrayList<>();
    String lines =
        new String(call("POST", "/drive/v1/changes", ask).body(), StandardCharsets.UTF_8);
    for (String text : lines.split("\n")) {
      JsonObject line = Json.parseObject(text);
      checkpoint = line.optionalString("checkpoint").orElse(checkpoint);
      nodes.addAll(line.objects("nodes"));
    }
    return nodes;
  }

  private String idOf(String name) {
    List<JsonObject> found = find("name:\"" + name + "\"");
    Expect.equal("the number of nodes named " + name, 1, found.size());
    return found.get(0).string("id");
  }

  private List<JsonObject> find(String filters) {
    HttpResponse<byte[]> answer =
        context.get(
            context.baseUrl() + "/drive/v1/nodes?" + Parameters.encode("filters", filters),
            "Authorization",
            "Bearer " + context.bearer());
    Expect.equal("the status", 200, answer.statusCode());
    return Json.parseObject(answer.body()).objects("data");
  }

  private HttpResponse<byte[]> call(String method, String path, Object body) {
    return context.send(
        request(path)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(context.baseUrl().resolve(path))
        .header("Authorization", "Bearer " + context.bearer());
  }
}
