package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.Profile;
import dev.clouddrive.simulator.internal.json.Json;
import io.cucumber.java.After;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
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
    context.target().advance(span);
  }

  @Given("the option {string} is {string}")
  public void option(String name, String value) {
    context.target().options(Map.of(name, value));
  }

  @Given("{person}'s drive has room for {long} bytes in all")
  public void quota(String person, long bytes) {
    context.target().quota(context.email(person), bytes);
  }

  @Given("{person} has the file {string} in Amazon Cloud Drive")
  public void hasTheFile(String person, String path) {
    if (!context.target().has(context.email(person), path)) {
      context.target().put(context.email(person), path, "The content of " + path);
    }
  }

  @Given("{person} has the file {string} with the text {string} in Amazon Cloud Drive")
  @When("{person} changes the file {string} to the text {string}")
  public void hasTheText(String person, String path, String text) {
    context.target().put(context.email(person), path, text);
  }

  @When("{person} removes {string} from Amazon Cloud Drive")
  public void removes(String person, String path) {
    context.target().delete(context.email(person), path);
  }

  @When("{person} takes every app off the Amazon account")
  public void revokes(String person) {
    context.target().revokeApps(context.email(person));
  }

  @Then("{person}'s drive holds {string} with the bytes of {person}'s {string}")
  public void holdsTheBytes(String person, String path, String other, String original) {
    Optional<String> expected = context.target().md5(context.email(other), original);
    Expect.that(expected.isPresent(), other + " has no file " + original);
    Expect.equal("the MD5 of " + path, expected, context.target().md5(context.email(person), path));
  }

  @Then("{person}'s drive holds these files:")
  public void holds(String person, List<String> paths) {
    Expect.equal("the list of files", paths, context.target().files(context.email(person)));
  }

  @Then("{person}'s drive holds no file {string}")
  public void holdsNot(String person, String path) {
    Expect.that(!context.target().has(context.email(person), path), path + " is there");
  }

  /** Tells the report which operations the scenario has called. */
  @After
  public void end(Scenario scenario) {
    if (context.isUsed()) {
      scenario.attach(Json.bytes(context.target().operations()), "application/json", "operations");
    }
  }
}
