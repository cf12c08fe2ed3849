package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.webhook.Dispatcher;
import dev.clouddrive.simulator.internal.world.Webhooks;
import dev.clouddrive.simulator.internal.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was delivered, and what waits (simulator.md section 5). */
final class DeliveryCalls {
  private static final int PAGE = 1_000;
  private static final int MOST = 10_000;

  private final World world;
  private final Dispatcher dispatcher;

  DeliveryCalls(World world, Dispatcher dispatcher) {
    this.world = world;
    this.dispatcher = dispatcher;
  }

  Response list(Request request) {
    Parameters query = request.query();
    Optional<Webhooks.Status> status = query.nonEmpty("status").map(DeliveryCalls::status);
    Optional<String> apikey = query.nonEmpty("apikey");
    Optional<String> action = query.nonEmpty("action");
    int limit = number(query, "limit", PAGE, MOST);
    int from = number(query, "next", 0, Integer.MAX_VALUE);
    List<Webhooks.Delivery> wanted =
        world.read(
            s ->
                s.webhooks.deliveries.values().stream()
                    .filter(d -> status.map(d.status()::equals).orElse(true))
                    .filter(d -> apikey.map(d.event().apikey()::equals).orElse(true))
                    .filter(d -> action.map(d.event().action()::equals).orElse(true))
                    .toList());
    List<Map<String, @Nullable Object>> page = new ArrayList<>();
    for (int i = from; i < wanted.size() && page.size() < limit; i++) {
      page.add(json(wanted.get(i)));
    }
    int end = from + page.size();
    return Response.json(
        200,
        Json.object(
            "deliveries", page, "next", end < wanted.size() ? Integer.toString(end) : null));
  }

  private static Webhooks.Status status(String text) {
    for (Webhooks.Status status : Webhooks.Status.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
        return status;
      }
    }
    throw new ControlException(
        400, "\"" + text + "\" is no status; known are pending, delivered, failed");
  }

  private static int number(Parameters query, String name, int otherwise, int most) {
    Optional<String> text = query.nonEmpty(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the numbers out of range.
    }
    throw new ControlException(400, name + " is a whole number from 0 to " + most);
  }

  Response get(Request request) {
    return Response.json(200, json(require(request)));
  }

  Response redeliver(Request request) {
    Webhooks.Delivery delivery = require(request);
    dispatcher.redeliver(delivery.id());
    return Response.json(202, json(delivery));
  }

  private Webhooks.Delivery require(Request request) {
    String id = request.variable("id");
    return world
        .read(s -> Optional.ofNullable(s.webhooks.deliveries.get(id)))
        .orElseThrow(
            () -> new ControlException(404, "there is no delivery " + id + "; list deliveries"));
  }

  static Map<String, @Nullable Object> json(Webhooks.Delivery delivery) {
    return Json.object(
        "id",
        delivery.id(),
        "eventId",
        delivery.event().id(),
        "action",
        delivery.event().action(),
        "webhookId",
        delivery.subscription().id(),
        "url",
        delivery.subscription().url(),
        "status",
        delivery.status().name().toLowerCase(Locale.ROOT),
        "test",
        delivery.test(),
        "body",
        Json.parseValue(delivery.event().body()),
        "attempts",
        delivery.attempts(),
        "nextAttemptAt",
        delivery.nextAttemptAt());
  }
}
