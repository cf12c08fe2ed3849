package dev.clouddrive.simulator.internal.http;

/** Ends the handling of a request with this answer: how an emulated vendor says no. */
public final class ResponseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Response response;

  public ResponseException(Response response) {
    super("HTTP " + response.status(), null, false, false);
    this.response = response;
  }

  public Response response() {
    return response;
  }
}
