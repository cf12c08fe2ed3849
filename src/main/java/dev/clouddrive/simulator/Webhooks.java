package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.client.TargetGuard;
import dev.clouddrive.simulator.internal.world.Subscriptions;
import dev.clouddrive.simulator.internal.world.World;
import java.net.URI;
import java.util.List;

/** An application's entries in the portal's Credentials &gt; Webhooks (filestack.md 1.1). */
public final class Webhooks {

  /**
   * One entry.
   *
   * @param event its event type's action
   * @param secret what its deliveries are signed with
   */
  public record Subscription(String id, String url, String event, String secret) {}

  private final World world;
  private final String apikey;

  Webhooks(World world, String apikey) {
    this.world = world;
    this.apikey = apikey;
  }

  /**
   * Adds an entry; for {@link EventType#ALL} one for each event type, with one secret.
   *
   * @throws SimulatorException if the URL is none of http or https
   */
  public List<Subscription> subscribe(String url, EventType type) {
    try {
      TargetGuard.check(url);
    } catch (TargetGuard.RefusedException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
    return world.change(
        s ->
            Subscriptions.add(world, s, apikey, url, type.action(), null).stream()
                .map(Webhooks::subscription)
                .toList());
  }

  public List<Subscription> subscribe(URI url, EventType type) {
    return subscribe(url.toString(), type);
  }

  public List<Subscription> subscribe(WebhookReceiver receiver, EventType type) {
    return subscribe(receiver.url(), type);
  }

  /** Removes an entry; without effect if there is none. Deliveries under way go on. */
  public void remove(Subscription subscription) {
    world.change(s -> s.webhooks.subscriptions.remove(subscription.id()));
  }

  public List<Subscription> all() {
    return world.read(
        s ->
            s.webhooks.subscriptions.values().stream()
                .filter(entry -> entry.apikey().equals(apikey))
                .map(Webhooks::subscription)
                .toList());
  }

  private static Subscription subscription(
      dev.clouddrive.simulator.internal.world.Webhooks.Subscription entry) {
    String secret = entry.secret();
    return new Subscription(entry.id(), entry.url(), entry.event(), secret == null ? "" : secret);
  }
}
