package dev.clouddrive.simulator.internal.http;

import dev.clouddrive.simulator.internal.json.JsonException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a request's operation, has it answered, and words what goes wrong as its role does. */
public final class Dispatch {
  /** Knows no operation. */
  public static final Dispatch NONE =
      new Dispatch(
          new OperationCatalogue(
              List.of(),
              new Role(
                  "none",
                  java.util.Set.of(),
                  new Role.Errors(
                      request -> Response.of(503),
                      request -> Response.of(503),
                      request -> Response.of(503),
                      request -> Response.of(503),
                      request -> Response.of(503),
                      (status, request) -> Response.of(status)),
                  false,
                  false)),
          Interceptor.NONE);

  /** Name of a request that no operation fits. */
  public static final String UNMATCHED = "unmatched";

  /** Name of a request that a stub answers. */
  public static final String STUB = "stub";

  /** From within, a connection that breaks off looks like a gateway that found nobody. */
  private static final Response BROKEN = Response.of(502);

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final OperationCatalogue catalogue;
  private final Interceptor interceptor;

  public Dispatch(OperationCatalogue catalogue, Interceptor interceptor) {
    this.catalogue = catalogue;
    this.interceptor = interceptor;
  }

  /**
   * @param operation the name of the operation, or {@value #UNMATCHED}
   */
  public record Answer(String operation, Response response) {}

  public Answer answer(Request request) {
    Route.Match match = catalogue.match(request);
    if (match instanceof Route.Match.Found found) {
      Operation operation = found.route().operation();
      Response response = judged(found.route(), found.request());
      return new Answer(operation.name(), crossOrigin(operation.role(), request, response));
    }
    if (match instanceof Route.Match.WrongMethod wrong) {
      Response response =
          request.method().equals("OPTIONS") && wrong.role().cors()
              ? Response.of(204)
              : wrong.role().errors().methodNotAllowed().apply(request);
      response = response.with("Allow", String.join(", ", wrong.allowed()));
      return new Answer(UNMATCHED, crossOrigin(wrong.role(), request, response));
    }
    Role role = ((Route.Match.None) match).role();
    return new Answer(
        UNMATCHED, role == null ? Response.of(404) : role.errors().notFound().apply(request));
  }

  /** What a request's service says when we fail. */
  public Response failed(Request request) {
    return catalogue
        .operation(request)
        .map(operation -> operation.role().errors().internal().apply(request))
        .orElseGet(() -> Response.of(500));
  }

  /** A stub's answer, with what browsers need beside it where an operation has the path. */
  public Answer stubbed(Request request, Response stub) {
    Response response = stub.transmission().reset() && request.isInternal() ? BROKEN : stub;
    return catalogue
        .operation(request)
        .map(operation -> new Answer(STUB, crossOrigin(operation.role(), request, response)))
        .orElseGet(() -> new Answer(STUB, response));
  }

  private Response judged(Route route, Request request) {
    Interceptor.Verdict verdict = interceptor.judge(route.operation(), request);
    if (verdict.transmission().reset() && request.isInternal()) {
      return BROKEN;
    }
    Response response =
        verdict
            .status()
            .map(status -> route.operation().role().errors().byStatus().apply(status, request))
            .orElseGet(() -> handle(route, request));
    return response.transmitted(verdict.transmission());
  }

  private static Response handle(Route route, Request request) {
    Role.Errors errors = route.operation().role().errors();
    try {
      return route.handler().handle(request);
    } catch (ResponseException e) {
      return e.response();
    } catch (BodyTooLargeException e) {
      return errors.tooLarge().apply(request);
    } catch (IOException | JsonException e) {
      LOG.debug("{} could not be read", route.operation().name(), e);
      return errors.unreadable().apply(request);
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed", route.operation().name(), e);
      return errors.internal().apply(request);
    }
  }

  /** What browsers need to call from another origin (filestack-files.md 3.8). */
  private static Response crossOrigin(Role role, Request request, Response response) {
    Optional<String> origin = request.headers().get("Origin");
    if (!role.cors() || origin.isEmpty()) {
      return role.cors() ? response.with("Access-Control-Allow-Origin", "*") : response;
    }
    Response allowed =
        response
            .with("Access-Control-Allow-Origin", origin.get())
            .with("Access-Control-Allow-Credentials", "true")
            .with(
                "Access-Control-Expose-Headers",
                "ETag, Content-Length, X-File-Name, Content-Disposition")
            .with("Vary", "Origin");
    if (!request.method().equals("OPTIONS")) {
      return allowed;
    }
    @Nullable String asked = request.headers().get("Access-Control-Request-Headers").orElse(null);
    Response preflight =
        allowed
            .with("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS")
            .with("Access-Control-Max-Age", "21600");
    return asked == null ? preflight : preflight.with("Access-Control-Allow-Headers", asked);
  }
}
