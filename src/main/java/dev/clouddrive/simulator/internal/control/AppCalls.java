package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.client.TargetGuard;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Subscriptions;
import dev.clouddrive.simulator.internal.world.Webhooks;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldLoader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The developer portal: applications, their webhooks and events (simulator.md section 5). */
final class AppCalls {
  private final World world;
  private final Events events;

  AppCalls(World world, Events events) {
    this.world = world;
    this.events = events;
  }

  Response list(Request request) {
    return Response.json(
        200, world.read(s -> s.filestack.apps.values().stream().map(AppCalls::json).toList()));
  }

  private static Map<String, @Nullable Object> json(Filestack.App app) {
    Map<String, @Nullable Object> store = Json.object("location", app.store().location());
    if (app.store().container() != null) {
      store.put("container", app.store().container());
    }
    if (app.store().path() != null) {
      store.put("path", app.store().path());
    }
    return Json.object(
        "apikey",
        app.apikey(),
        "secret",
        app.secret(),
        "security",
        app.security(),
        "store",
        store,
        "containers",
        app.containers());
  }

  Response create(Request request) throws IOException {
    JsonObject json =
        Bodies.optionalJson(request)
            .only("apikey", "secret", "security", "store", "containers", "oauthApps");
    if (json.optionalObject("oauthApps").filter(apps -> apps.has("clouddrive")).isPresent()) {
      throw json.wrong(
          "oauthApps",
          "Custom OAuth applications are not available for Amazon Cloud Drive; Filestack's own"
              + " application is always used");
    }
    Filestack.App made =
        world.change(
            s -> {
              String apikey = json.optionalString("apikey").orElseGet(() -> world.ids().apiKey());
              if (apikey.isEmpty() || apikey.length() > 100) {
                throw json.wrong("apikey", "a key has 1 to 100 characters");
              }
              if (s.filestack.apps.containsKey(apikey)) {
                throw new ControlException(409, "there is an application " + apikey + " already");
              }
              Filestack.App app = WorldLoader.readApp(world, json, apikey);
              s.filestack.apps.put(apikey, app);
              return app;
            });
    return Response.json(201, json(made));
  }

  /** Changes what is named: a new secret ends every signature that was made with the old one. */
  Response update(Request request) throws IOException {
    String apikey = requireApp(request);
    JsonObject json =
        Bodies.json(request).only("apikey", "secret", "security", "store", "containers");
    if (json.optionalString("apikey").filter(key -> !key.equals(apikey)).isPresent()) {
      throw json.wrong("apikey", "an application keeps its key; make another one for another key");
    }
    Filestack.App changed =
        world.change(
            s -> {
              Filestack.App app = s.filestack.apps.get(apikey);
              Filestack.App read = WorldLoader.readApp(world, json, apikey);
              Filestack.App merged =
                  new Filestack.App(
                      apikey,
                      json.has("secret") ? read.secret() : app.secret(),
                      json.has("security") ? read.security() : app.security(),
                      json.has("store") ? read.store() : app.store(),
                      json.has("containers") ? read.containers() : app.containers());
              s.filestack.apps.put(apikey, merged);
              return merged;
            });
    return Response.json(200, json(changed));
  }

  private String requireApp(Request request) {
    String apikey = request.variable("apikey");
    world.read(
        s -> {
          if (!s.filestack.apps.containsKey(apikey)) {
            throw ControlException.unknown("application", apikey, s.filestack.apps.keySet());
          }
          return null;
        });
    return apikey;
  }

  Response webhooks(Request request) {
    String apikey = requireApp(request);
    return Response.json(
        200,
        world.read(
            s ->
                s.webhooks.subscriptions.values().stream()
                    .filter(entry -> entry.apikey().equals(apikey))
                    .map(AppCalls::json)
                    .toList()));
  }

  private static Map<String, @Nullable Object> json(Webhooks.Subscription entry) {
    return Json.object(
        "id",
        entry.id(),
        "url",
        entry.url(),
        "event",
        entry.event(),
        "secret",
        entry.secret(),
        "createdAt",
        entry.createdAt(),
        "activeFrom",
        entry.activeFrom());
  }

  Response subscribe(Request request) throws IOException {
    String apikey = requireApp(request);
    JsonObject json = Bodies.json(request).only("url", "event", "secret");
    String url = json.string("url");
    String event = json.string("event");
    try {
      TargetGuard.check(url);
    } catch (TargetGuard.RefusedException e) {
      throw json.wrong("url", String.valueOf(e.getMessage()));
    }
    try {
      List<Webhooks.Subscription> added =
          world.change(
              s ->
                  Subscriptions.add(
                      world, s, apikey, url, event, json.optionalString("secret").orElse(null)));
      return Response.json(201, added.stream().map(AppCalls::json).toList());
    } catch (IllegalArgumentException e) {
      throw json.wrong("event", String.valueOf(e.getMessage()));
    }
  }

  Response unsubscribe(Request request) {
    Webhooks.Subscription entry = requireWebhook(request);
    world.change(s -> s.webhooks.subscriptions.remove(entry.id()));
    return Response.of(204);
  }

  Response test(Request request) {
    Webhooks.Delivery delivery = events.test(requireWebhook(request));
    return Response.json(202, DeliveryCalls.json(delivery));
  }

  private Webhooks.Subscription requireWebhook(Request request) {
    String apikey = requireApp(request);
    String id = request.variable("id");
    return world.read(
        s -> {
          Webhooks.Subscription entry = s.webhooks.subscriptions.get(id);
          if (entry == null || !entry.apikey().equals(apikey)) {
            throw ControlException.unknown("webhook", id, s.webhooks.subscriptions.keySet());
          }
          return entry;
        });
  }

  Response events(Request request) {
    String apikey = requireApp(request);
    return Response.json(
        200,
        Json.object(
            "events",
            world.read(
                s ->
                    s.webhooks.events.values().stream()
                        .filter(event -> event.apikey().equals(apikey))
                        .map(AppCalls::json)
                        .toList())));
  }

  private static Map<String, @Nullable Object> json(Webhooks.Event event) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", event.id());
    json.put("action", event.action());
    json.put("at", event.at());
    json.put("valid", event.violations().isEmpty());
    json.put("errors", event.violations());
    json.put("body", Json.parseValue(event.body()));
    return json;
  }

  Response emit(Request request) throws IOException {
    String apikey = requireApp(request);
    JsonObject json = Bodies.json(request).only("action", "text");
    String action = json.string("action");
    if (!Subscriptions.EVENT_TYPES.contains(action)) {
      throw ControlException.unknown("event", action, Subscriptions.EVENT_TYPES);
    }
    Webhooks.Event event = events.emit(apikey, action, json.value("text"));
    if (!event.violations().isEmpty()) {
      throw new ControlException(
          422,
          "the payload breaks the schema of " + action + "; see errors for where",
          event.violations());
    }
    return Response.json(201, json(event));
  }
}
