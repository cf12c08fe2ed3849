package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.WebhookReceiver;
import dev.clouddrive.simulator.internal.json.Json;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;
import java.util.Map;

/** What is to go wrong. */
public final class FaultSteps {
  private final SimulatorContext context;

  public FaultSteps(SimulatorContext context) {
    this.context = context;
  }

  @Given("the operation {string} fails with {int}, {int} times")
  public void fails(String operation, int status, int times) {
    add(operation, Map.of("status", status), times);
  }

  @Given("the operation {string} always fails with {int}")
  public void alwaysFails(String operation, int status) {
    add(operation, Map.of("status", status), 0);
  }

  @Given("the operation {string} sends each webhook {int} times, once")
  public void duplicates(String operation, int copies) {
    add(operation, Map.of("duplicate", copies), 1);
  }

  @Then("the receiver has got {int} webhooks with the same id")
  public void hasGot(int count) {
    context.target().settle();
    List<WebhookReceiver.Received> received = context.receiver().received();
    Expect.equal("the number of webhooks", count, received.size());
    Expect.equal(
        "the number of different ids",
        1L,
        received.stream()
            .map(webhook -> Json.parseObject(webhook.body()).longValue("id"))
            .distinct()
            .count());
  }

  private void add(String operation, Map<String, Object> effect, int times) {
    context.target().fault(Map.of("on", operation, "effect", effect, "times", times));
  }
}
