package dev.clouddrive.simulator.internal.http;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One of the services behind the vendors' host names, or one of our own.
 *
 * @param name as {@code GET operations} shows it, such as {@code amazon.drive}
 * @param hosts the vendor's host names that reach it; empty for our own surfaces
 * @param errors how it words the errors that come before any handler
 * @param cors whether browsers may call it from other origins
 * @param collapsesSlashes whether repeated slashes in a path count as one
 */
public record Role(
    String name, Set<String> hosts, Errors errors, boolean cors, boolean collapsesSlashes) {

  public Role {
    hosts = Set.copyOf(hosts);
  }

  /**
   * The role's own words for what any server has to refuse.
   *
   * @param notFound no such path
   * @param methodNotAllowed the path exists, the verb is not for it
   * @param unreadable the body ended early or is malformed
   * @param tooLarge the body is larger than what the operation takes
   * @param internal a defect of the simulator
   * @param byStatus what the service says with any status, for faults that are asked for
   */
  public record Errors(
      Function<Request, Response> notFound,
      Function<Request, Response> methodNotAllowed,
      Function<Request, Response> unreadable,
      Function<Request, Response> tooLarge,
      Function<Request, Response> internal,
      BiFunction<Integer, Request, Response> byStatus) {}
}
