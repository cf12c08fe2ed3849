package dev.clouddrive.simulator.internal.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every operation of every role, in the order in which they are tried. A vendor's host name chooses
 * the role; under any other name the path does (simulator.md section 3).
 */
public final class OperationCatalogue {
  private final List<Route> routes;

  /** The routes that a path can fit, by its first segment; in the order in which they are tried. */
  private final Map<String, List<Route>> byFirstSegment = new HashMap<>();

  /** Those that begin with a variable: what a path with any other first segment can fit. */
  private final List<Route> open = new ArrayList<>();

  private final Map<String, Role> roleByHost = new HashMap<>();
  private final Role fallback;

  /**
   * @param fallback the role that answers a path which no route knows
   */
  public OperationCatalogue(List<Route> routes, Role fallback) {
    this.routes = List.copyOf(routes);
    this.fallback = fallback;
    for (Route route : routes) {
      Role role = route.operation().role();
      role.hosts().forEach(host -> roleByHost.put(host, role));
    }
    for (Route route : routes) {
      Optional<String> first = route.firstSegment();
      if (first.isPresent()) {
        byFirstSegment.computeIfAbsent(first.get(), f -> new ArrayList<>(open)).add(route);
      } else {
        open.add(route);
        byFirstSegment.values().forEach(list -> list.add(route));
      }
    }
  }

  public List<Operation> operations() {
    return routes.stream().map(Route::operation).toList();
  }

  /** The vendors' host names that are answered here. */
  public Set<String> vendorHosts() {
    return Set.copyOf(roleByHost.keySet());
  }

  /** The role of a request whose host names one. */
  public @Nullable Role roleByHost(Request request) {
    return roleByHost.get(request.host());
  }

  /** The operation that would answer a request; empty if none does. */
  public Optional<Operation> operation(Request request) {
    return match(request) instanceof Route.Match.Found found
        ? Optional.of(found.route().operation())
        : Optional.empty();
  }

  Route.Match match(Request request) {
    Role named = roleByHost(request);
    List<String> segments = request.rawSegments();
    List<String> collapsed = collapse(segments);
    Set<String> allowed = new LinkedHashSet<>();
    Role wrongMethodRole = null;
    Map<String, String> variables = new HashMap<>(4);
    String first = collapsed.isEmpty() ? "" : PercentCoding.decode(collapsed.get(0));
    for (Route route : byFirstSegment.getOrDefault(first, open)) {
      Operation operation = route.operation();
      boolean othersRole = named != null && named != operation.role();
      // A path that a role knows is that role's to refuse, though a later one takes every path.
      boolean refused =
          wrongMethodRole != null
              && (wrongMethodRole != operation.role()
                  || operation.method().equals(Operation.ANY_METHOD));
      if (othersRole || refused) {
        continue;
      }
      variables.clear();
      List<String> path = operation.role().collapsesSlashes() ? collapsed : segments;
      if (route.matches(path, variables)) {
        if (fitsMethod(operation, request.method())) {
          return new Route.Match.Found(route, request.withVariables(variables));
        }
        wrongMethodRole = operation.role();
        allowed.add(operation.method());
      }
    }
    return wrongMethodRole != null
        ? new Route.Match.WrongMethod(wrongMethodRole, List.copyOf(allowed))
        : new Route.Match.None(named != null ? named : fallback);
  }

  private static boolean fitsMethod(Operation operation, String method) {
    return operation.method().equals(method)
        || operation.method().equals(Operation.ANY_METHOD)
        || (method.equals("HEAD") && operation.method().equals("GET"));
  }

  private static List<String> collapse(List<String> segments) {
    boolean repeated = false;
    for (int i = 0; i < segments.size() - 1; i++) {
      repeated |= segments.get(i).isEmpty();
    }
    if (!repeated) {
      return segments;
    }
    List<String> kept = new ArrayList<>(segments.size());
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).isEmpty() || i == segments.size() - 1) {
        kept.add(segments.get(i));
      }
    }
    return kept;
  }
}
