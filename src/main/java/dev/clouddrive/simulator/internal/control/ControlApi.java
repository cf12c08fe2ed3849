package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.fault.Faults;
import dev.clouddrive.simulator.internal.filestack.upload.Uploads;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Handler;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.Operation;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Role;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.journal.Journal;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.time.ClockBackwardsException;
import dev.clouddrive.simulator.internal.time.ClockBusyException;
import dev.clouddrive.simulator.internal.webhook.Dispatcher;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Insight;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldFile;
import dev.clouddrive.simulator.internal.world.WorldLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The simulator's own API (simulator.md section 5). */
public final class ControlApi {
  private static final Role ROLE =
      new Role(
          "simulator",
          Set.of(),
          new Role.Errors(
              request -> ControlException.problemResponse(404, "there is no such control call"),
              request ->
                  ControlException.problemResponse(
                      405, request.method() + " is not for this; see the header Allow"),
              request ->
                  ControlException.problemResponse(400, "the body ended early or is not JSON"),
              request -> ControlException.problemResponse(413, "the body is too large"),
              request ->
                  ControlException.problemResponse(
                      500, "a defect of the simulator; please report it with the log"),
              (status, request) -> ControlException.problemResponse(status, "refused")),
          false,
          false);

  private final World world;
  private final Journal journal;
  private final Handler wireMockAdmin;
  private final ControlGuard guard;
  private final String version;
  private final Supplier<String> caPem;
  private final Supplier<List<Operation>> operations;
  private final ClockCalls clock;
  private final AccountCalls accounts;
  private final AppCalls apps;
  private final DeliveryCalls deliveries;
  private final PickCalls picks;
  private final ScriptCalls script;
  private final WorldCalls worlds;
  private final FaultCalls faults;
  private final StorageCalls storages;

  /**
   * @param ownHosts host names beside loopback's under which we are reached
   * @param adminToken null asks for none
   * @param loader makes a world of its file
   * @param wireMockAdmin answers calls of WireMock's admin API
   * @param caPem the certificate authority that clients have to trust
   * @param operations every operation of the catalogue
   */
  public ControlApi(
      World world,
      HttpFunction simulator,
      Tokens tokens,
      Events events,
      Dispatcher dispatcher,
      Journal journal,
      Handler wireMockAdmin,
      Function<WorldFile, World> loader,
      Faults faults,
      Addresses addresses,
      Uploads uploads,
      Set<String> ownHosts,
      @Nullable String adminToken,
      String version,
      Supplier<String> caPem,
      Supplier<List<Operation>> operations) {
    this.world = world;
    this.journal = journal;
    this.wireMockAdmin = wireMockAdmin;
    this.worlds = new WorldCalls(world, journal, loader);
    this.guard = new ControlGuard(ownHosts, adminToken);
    this.version = version;
    this.caPem = caPem;
    this.operations = operations;
    this.clock = new ClockCalls(world);
    this.accounts = new AccountCalls(world, tokens);
    this.apps = new AppCalls(world, events);
    this.deliveries = new DeliveryCalls(world, dispatcher);
    this.storages = new StorageCalls(world, uploads);
    this.faults = new FaultCalls(world, faults, operations);
    this.script = new ScriptCalls(world);
    this.picks = new PickCalls(world, new Picks(world, simulator), addresses);
  }

  public List<Route> routes() {
    return List.of(
        Route.of("simulator.health", "GET", "/_simulator/health", ROLE, this::health),
        Route.of("simulator.ca", "GET", "/_simulator/ca.pem", ROLE, this::ca),
        Route.of(
            "simulator.openapi", "GET", "/_simulator/openapi.json", ROLE, Descriptions::openApi),
        Route.of(
            "simulator.schemas",
            "GET",
            "/_simulator/schemas/{name...}",
            ROLE,
            Descriptions::schema),
        Route.of(
            "wiremock.admin",
            Operation.ANY_METHOD,
            "/__admin/{path...}",
            ROLE,
            guarded(wireMockAdmin)),
        route("reset", "POST", "/reset", this::reset),
        route("world.export", "GET", "/world", worlds::export),
        route("world.import", "PUT", "/world", worlds::put),
        route("clock.get", "GET", "/clock", clock::get),
        route("clock.set", "PUT", "/clock", clock::set),
        route("clock.advance", "POST", "/clock/advance", clock::advance),
        route("clock.settle", "POST", "/clock/settle", clock::settle),
        route("options.get", "GET", "/options", this::options),
        route("options.set", "PUT", "/options", this::setOptions),
        route("insights.get", "GET", "/insights", this::insights),
        route("insights.set", "PUT", "/insights", this::setInsights),
        route("accounts.list", "GET", "/accounts", accounts::list),
        route("accounts.create", "POST", "/accounts", accounts::create),
        route("accounts.update", "PUT", "/accounts/{email}", accounts::update),
        route("accounts.delete", "DELETE", "/accounts/{email}", accounts::delete),
        route("accounts.files", "GET", "/accounts/{email}/files", accounts::files),
        route("accounts.putFile", "PUT", "/accounts/{email}/files/{path...}", accounts::putFile),
        route("accounts.getFile", "GET", "/accounts/{email}/files/{path...}", accounts::getFile),
        route(
            "accounts.deleteFile",
            "DELETE",
            "/accounts/{email}/files/{path...}",
            accounts::deleteFile),
        route("accounts.generate", "POST", "/accounts/{email}/generate", accounts::generate),
        route("accounts.tokens", "POST", "/accounts/{email}/tokens", accounts::tokens),
        route("accounts.revoke", "DELETE", "/accounts/{email}/tokens", accounts::revoke),
        route("apps.list", "GET", "/apps", apps::list),
        route("apps.create", "POST", "/apps", apps::create),
        route("apps.update", "PUT", "/apps/{apikey}", apps::update),
        route("uploads.list", "GET", "/apps/{apikey}/uploads", storages::uploads),
        route("uploads.abort", "DELETE", "/apps/{apikey}/uploads/{id}", storages::abort),
        route("objects.list", "GET", "/objects", storages::objects),
        route(
            "objects.get",
            "GET",
            "/apps/{apikey}/objects/{location}/{container}/{key...}",
            storages::object),
        route("webhooks.list", "GET", "/apps/{apikey}/webhooks", apps::webhooks),
        route("webhooks.create", "POST", "/apps/{apikey}/webhooks", apps::subscribe),
        route("webhooks.delete", "DELETE", "/apps/{apikey}/webhooks/{id}", apps::unsubscribe),
        route("webhooks.test", "POST", "/apps/{apikey}/webhooks/{id}/test", apps::test),
        route("events.list", "GET", "/apps/{apikey}/events", apps::events),
        route("events.emit", "POST", "/apps/{apikey}/events", apps::emit),
        route("deliveries.list", "GET", "/deliveries", deliveries::list),
        route("deliveries.get", "GET", "/deliveries/{id}", deliveries::get),
        route("deliveries.redeliver", "POST", "/deliveries/{id}/redeliver", deliveries::redeliver),
        route("picks.create", "POST", "/picks", picks::pick),
        route("exports.create", "POST", "/exports", picks::export),
        route("script.get", "GET", "/script", script::get),
        route("script.set", "PUT", "/script", script::put),
        route("script.clear", "DELETE", "/script", script::delete),
        route("faults.list", "GET", "/faults", faults::list),
        route("faults.create", "POST", "/faults", faults::create),
        route("faults.clear", "DELETE", "/faults", faults::clear),
        route("faults.delete", "DELETE", "/faults/{id}", faults::delete),
        route("operations.list", "GET", "/operations", this::operations),
        route("journal.list", "GET", "/journal", this::journal),
        route(
            "unknown",
            Operation.ANY_METHOD,
            "/{path...}",
            request -> {
              throw new ControlException(404, "there is no such control call");
            }));
  }

  private Route route(String name, String method, String path, Handler handler) {
    return Route.of("simulator." + name, method, "/_simulator/api" + path, ROLE, guarded(handler));
  }

  /** Checks who calls, and turns our own exceptions into problems. */
  private Handler guarded(Handler handler) {
    return request -> {
      try {
        guard.check(request);
        return handler.handle(request);
      } catch (ControlException e) {
        return e.response();
      } catch (JsonException e) {
        return ControlException.problemResponse(400, String.valueOf(e.getMessage()));
      } catch (ClockBackwardsException | ClockBusyException e) {
        return ControlException.problemResponse(409, String.valueOf(e.getMessage()));
      }
    };
  }

  private Response health(Request request) {
    return Response.json(200, Json.object("status", "UP", "version", version));
  }

  private Response ca(Request request) {
    return Response.of(200, "application/x-pem-file", Body.of(caPem.get()));
  }

  private Response reset(Request request) {
    world.reset();
    journal.clear();
    return Response.of(204);
  }

  private Response options(Request request) {
    return Response.json(200, world.read(s -> s.options.toMap()));
  }

  private Response setOptions(Request request) throws IOException {
    JsonObject json = Bodies.json(request);
    return Response.json(
        200,
        world.change(
            s -> {
              s.options = s.options.with(json);
              return s.options.toMap();
            }));
  }

  private Response insights(Request request) {
    List<Map<String, @Nullable Object>> list =
        world.read(s -> s.filestack.insights.stream().map(ControlApi::json).toList());
    return Response.json(200, Json.object("insights", list));
  }

  private static Map<String, @Nullable Object> json(Insight insight) {
    Map<String, @Nullable Object> json = Json.object("file", insight.file());
    json.putAll(insight.findings());
    return json;
  }

  /** What a vendor's model would find in files, from now on. */
  private Response setInsights(Request request) throws IOException {
    List<Insight> insights =
        Bodies.json(request).only("insights").objects("insights").stream()
            .map(WorldLoader::readInsight)
            .toList();
    world.change(
        s -> {
          s.filestack.insights.clear();
          s.filestack.insights.addAll(insights);
          s.filestack.conversions.clear();
          return null;
        });
    return insights(request);
  }

  private Response operations(Request request) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Operation operation : operations.get()) {
      list.add(
          Json.object(
              "name",
              operation.name(),
              "method",
              operation.method(),
              "path",
              operation.path(),
              "role",
              operation.role().name()));
    }
    return Response.json(200, list);
  }

  private Response journal(Request request) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Journal.Entry entry : journal.entries()) {
      list.add(
          Json.object(
              "number",
              entry.number(),
              "at",
              entry.at(),
              "operation",
              entry.operation(),
              "method",
              entry.method(),
              "url",
              entry.url(),
              "internal",
              entry.internal(),
              "status",
              entry.status(),
              "durationMicros",
              entry.durationMicros(),
              "requestHeaders",
              fields(entry.requestHeaders()),
              "requestBody",
              new String(entry.requestBody(), StandardCharsets.UTF_8),
              "responseHeaders",
              fields(entry.responseHeaders()),
              "responseBody",
              new String(entry.responseBody(), StandardCharsets.UTF_8)));
    }
    return Response.json(200, Json.object("entries", list));
  }

  private static List<Map<String, @Nullable Object>> fields(Headers headers) {
    return headers.fields().stream()
        .map(field -> Json.object("name", field.name(), "value", field.value()))
        .toList();
  }
}
