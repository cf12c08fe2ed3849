package dev.clouddrive.simulator.internal.http;

import java.io.IOException;

/** Answers the requests of one operation. */
@FunctionalInterface
public interface Handler {
  /**
   * @throws IOException if the request's body can't be read to its end
   * @throws ResponseException to end with that answer
   */
  Response handle(Request request) throws IOException;
}
