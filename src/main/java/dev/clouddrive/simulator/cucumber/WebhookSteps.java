package dev.clouddrive.simulator.cucumber;

import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.WebhookReceiver;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Webhooks: subscriptions, deliveries, retries. */
public final class WebhookSteps {
  private final SimulatorContext context;
  private String refusal = "";

  public WebhookSteps(SimulatorContext context) {
    this.context = context;
  }

  @Given("the application listens to every event")
  public void listensToAll() {
    context.subscribe(EventType.ALL);
  }

  @Given("the application listens to {event}")
  @Given("the application listens to {event} at one more URL")
  public void listensTo(EventType type) {
    context.subscribe(type);
  }

  @Given("the receiver answers {statuses}")
  @Given("the receiver answers {statuses} from now on")
  public void answers(int[] statuses) {
    context.receiver().answer(Arrays.copyOf(statuses, statuses.length - 1));
    int last = statuses[statuses.length - 1];
    if (statuses.length == 1) {
      context.receiver().alwaysAnswer(last);
    } else {
      context.receiver().answer(last);
    }
  }

  @Given("the receiver is down")
  public void isDown() {
    context.receiver().close();
  }

  @Then("the portal shows {int} entries for the URL, one for each event type")
  public void portalShows(int count) {
    List<Target.Subscription> entries = context.target().subscriptions();
    Expect.equal("the number of entries", count, entries.size());
    Expect.equal(
        "the number of event types",
        count,
        (int) entries.stream().map(Target.Subscription::event).distinct().count());
  }

  @When("the entry for {event} is removed from the portal")
  public void isRemoved(EventType type) {
    context.target().unsubscribe(type);
  }

  @When("the portal is asked for an application with OAuth credentials for {string}")
  public void asksForOwnOAuth(String cloud) {
    refusal = context.target().refusalOfOAuth(cloud);
  }

  @Then("it says {string}")
  public void itSays(String words) {
    Expect.that(refusal.contains(words), "\"" + refusal + "\" does not contain " + words);
  }

  @Then("no webhook is sent")
  public void nothingIsSent() {
    context.target().settle();
    Expect.equal("the number of deliveries", 0, context.target().deliveries(EventType.ALL).size());
  }

  @Then("the application is told {event} once")
  public void isToldOnce(EventType type) {
    isTold(type, 1);
  }

  @Then("the application is told {event} {int} times")
  public void isTold(EventType type, int times) {
    Expect.equal("the number of " + type.action(), times, context.deliveries(type).size());
  }

  @Then("the application is told {event} once, with")
  public void isToldWith(EventType type, Map<String, String> expected) {
    isToldOnce(type);
    isToldLast(type, expected);
  }

  @Then("the application is told {event}, at last with")
  public void isToldLast(EventType type, Map<String, String> expected) {
    List<Delivery> told = context.deliveries(type);
    Expect.that(!told.isEmpty(), "the application was not told " + type.action());
    JsonObject text = Json.parseObject(told.get(told.size() - 1).body()).object("text");
    expected.forEach((key, value) -> Expect.equal(key, filledIn(value), at(text, key)));
  }

  /** {@code a.b} is b of a. */
  private static String at(JsonObject text, String key) {
    JsonObject object = text;
    String[] names = key.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      object = object.object(names[i]);
    }
    return String.valueOf(object.value(names[names.length - 1]));
  }

  private String filledIn(String value) {
    return value.contains("{handle}")
        ? value
            .replace("{handle}", context.picked().file().handle())
            .replace("{api}", context.baseUrl().toString())
        : value;
  }

  @Then("the payload of {event} has the keys {string} in this order")
  public void hasKeys(EventType type, String keys) {
    JsonObject text = Json.parseObject(context.deliveries(type).get(0).body()).object("text");
    Expect.equal("the list of keys", List.of(keys.split(", ")), List.copyOf(text.keys()));
  }

  @Then("{event} was attempted after {string}")
  public void wasAttempted(EventType type, String offsets) {
    Delivery delivery = context.deliveries(type).get(0);
    Instant first = delivery.attempts().get(0).at();
    List<Duration> actual =
        delivery.attempts().stream().map(a -> Duration.between(first, a.at())).toList();
    List<Duration> expected = Arrays.stream(offsets.split(", ")).map(Duration::parse).toList();
    Expect.equal("the list of attempts", expected, actual);
  }

  @Then("the delivery of {event} is {word}")
  public void deliveryIs(EventType type, String status) {
    Delivery delivery = context.deliveries(type).get(0);
    Expect.equal(
        "the delivery's status", status.toUpperCase(Locale.ROOT), delivery.status().name());
  }

  @Then("every attempt brought the same bytes, signed with the entry's secret")
  public void sameBytes() {
    List<WebhookReceiver.Received> received = context.receiver().received();
    Set<String> bodies = Set.copyOf(received.stream().map(WebhookReceiver.Received::text).toList());
    Expect.equal("the number of different bodies", 1, bodies.size());
    String secret = context.target().subscriptions().get(0).secret();
    Expect.that(received.stream().allMatch(r -> r.isSignedWith(secret)), "a signature is wrong");
  }

  @Then("each of the {int} receivers got one webhook with the same id")
  public void eachGotOne(int count) {
    context.target().settle();
    Expect.equal("the number of receivers", count, context.receivers().size());
    List<Long> ids =
        context.receivers().stream()
            .map(WebhookReceiver::received)
            .peek(r -> Expect.equal("the number of webhooks", 1, r.size()))
            .map(r -> Json.parseObject(r.get(0).body()).longValue("id"))
            .distinct()
            .toList();
    Expect.equal("the number of different ids", 1, ids.size());
  }
}
