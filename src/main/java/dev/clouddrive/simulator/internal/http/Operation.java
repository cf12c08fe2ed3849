package dev.clouddrive.simulator.internal.http;

/**
 * A named entry of an emulated API: what routing, faults, journal and documentation hang on.
 *
 * @param name such as {@code drive.nodes.list}
 * @param method an HTTP method, or {@link #ANY_METHOD}
 * @param path a template: {@code {id}} takes one segment, <code>{path...}</code> the rest
 */
public record Operation(String name, String method, String path, Role role) {
  /** As a method: takes whatever comes. */
  public static final String ANY_METHOD = "*";
}
