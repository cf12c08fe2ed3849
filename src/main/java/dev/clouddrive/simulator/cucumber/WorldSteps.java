package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.Profile;
import dev.clouddrive.simulator.internal.json.Json;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Time, accounts and their drives. */
public final class WorldSteps {
  private final SimulatorContext context;

  public WorldSteps(SimulatorContext context) {
    this.context = context;
  }

  @Given("it is {instant}")
  public void itIs(Instant instant) {
    context.freezeAt(instant);
  }

  @Given("the payloads and retries are those of {string}")
  public void profile(String id) {
    context
        .builder()
        .profile(
            Arrays.stream(Profile.values())
                .filter(profile -> profile.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no profile " + id)));
  }

  @When("{span} pass(es)")
  public void pass(Duration span) {
    context.simulator().clock().advance(span);
  }

  @Given("the option {string} is {string}")
  public void option(String name, String value) {
    byte[] options = Json.bytes(Map.of(name, value));
    int status =
        context
            .send(
                HttpRequest.newBuilder(
                        context.simulator().baseUrl().resolve("/_simulator/api/options"))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(options))
                    .build())
            .statusCode();
    Expect.equal("the status of the option " + name, 200, status);
  }

  @Given("{person}'s drive has room for {long} bytes in all")
  public void quota(String person, long bytes) {
    context.account(person).quota(bytes);
  }

  @Given("{person} has the file {string} in Amazon Cloud Drive")
  public void hasTheFile(String person, String path) {
    if (!context.account(person).has(path)) {
      context.account(person).put(path, "The content of " + path);
    }
  }

  @Given("{person} has the file {string} with the text {string} in Amazon Cloud Drive")
  @When("{person} changes the file {string} to the text {string}")
  public void hasTheText(String person, String path, String text) {
    context.account(person).put(path, text);
  }

  @When("{person} removes {string} from Amazon Cloud Drive")
  public void removes(String person, String path) {
    context.account(person).delete(path);
  }

  @When("{person} takes every app off the Amazon account")
  public void revokes(String person) {
    context.account(person).revokeApps();
  }

  @Then("{person}'s drive holds {string} with the bytes of {person}'s {string}")
  public void holdsTheBytes(String person, String path, String other, String original) {
    Optional<String> expected = context.account(other).md5(original);
    Expect.that(expected.isPresent(), other + " has no file " + original);
    Expect.equal("the MD5 of " + path, expected, context.account(person).md5(path));
  }

  @Then("{person}'s drive holds these files:")
  public void holds(String person, List<String> paths) {
    Expect.equal("the list of files", paths, context.account(person).files());
  }

  @Then("{person}'s drive holds no file {string}")
  public void holdsNot(String person, String path) {
    Expect.that(!context.account(person).has(path), path + " is there");
  }

  /** Ends what a scenario started; without effect for scenarios that started nothing. */
  @After
  public void end() {
    context.close();
  }
}
