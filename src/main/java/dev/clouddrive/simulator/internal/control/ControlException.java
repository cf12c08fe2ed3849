package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.Nearest;
import dev.clouddrive.simulator.internal.json.SchemaSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A control call that is refused: a status and a sentence that says the mend (RFC 9457). */
public final class ControlException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 2_000;

  private final int status;
  private final transient List<SchemaSet.Violation> violations;

  public ControlException(int status, String message) {
    this(status, message, List.of());
  }

  ControlException(int status, String message, List<SchemaSet.Violation> violations) {
    super(shortened(message));
    this.status = status;
    this.violations = violations;
  }

  /** What was given may be quoted in it, however long that is. */
  private static String shortened(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
  }

  /** 404 with the nearest name that exists. */
  static ControlException unknown(String what, String given, Collection<String> known) {
    String mend =
        Nearest.of(given, known)
            .map(near -> "; did you mean \"" + near + "\"?")
            .orElse(
                known.isEmpty() || known.size() > 10
                    ? ""
                    : "; known are " + String.join(", ", known));
    return new ControlException(404, "there is no " + what + " \"" + given + "\"" + mend);
  }

  public int status() {
    return status;
  }

  Response response() {
    Map<String, @Nullable Object> problem = problem(status, String.valueOf(getMessage()));
    if (!violations.isEmpty()) {
      problem.put("errors", violations);
    }
    return Response.of(status, "application/problem+json", Body.of(Json.bytes(problem)));
  }

  static Response problemResponse(int status, String detail) {
    return new ControlException(status, detail).response();
  }

  private static Map<String, @Nullable Object> problem(int status, String detail) {
    return Json.object(
        "type", "about:blank", "title", title(status), "status", status, "detail", detail);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      default -> "Internal Server Error";
    };
  }
}
