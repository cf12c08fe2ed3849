package dev.clouddrive.simulator.internal.http;

/** An emulated service: a request in, a response out. */
@FunctionalInterface
public interface HttpFunction {
  Response handle(Request request);
}
