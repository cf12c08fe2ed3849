package dev.clouddrive.simulator.internal.amazon.login;

import dev.clouddrive.simulator.internal.http.Html;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;

/** The errors of Login with Amazon (amazon-cloud-drive.md 2.1 and 2.2; texts [guess]). */
final class LoginErrors {
  private LoginErrors() {}

  /** An error of the token endpoint. */
  static ResponseException token(int status, String error, String description, String requestId) {
    return new ResponseException(
        TokenEndpoint.uncached(
            Response.json(
                status,
                Json.object(
                    "error", error, "error_description", description, "request_id", requestId)),
            requestId));
  }

  /** What the token endpoint says with a status (amazon-cloud-drive.md 2.2). */
  static Response byStatus(int status) {
    String error =
        switch (status) {
          case 400 -> "invalid_request";
          case 401 -> "invalid_client";
          case 503 -> "temporarily_unavailable";
          default -> "ServerError";
        };
    return Response.json(
        status,
        Json.object(
            "error",
            error,
            "error_description",
            "The authorization server encountered an unexpected error"));
  }

  /** Shown when there is nowhere safe to redirect to. */
  static ResponseException page(String detail) {
    return new ResponseException(Pages.error(400, Html.escape(detail)));
  }
}
