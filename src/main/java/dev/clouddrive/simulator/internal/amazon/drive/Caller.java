package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.world.Login;
import dev.clouddrive.simulator.internal.world.Usage;
import java.util.List;

/**
 * Who makes a drive call, by its bearer token (amazon-cloud-drive.md 2.4).
 *
 * @param email the customer
 * @param client the app
 */
record Caller(String email, Login.Client client, List<String> scopes) {

  /** 401, or 403 for what doesn't look like a token of Amazon's. */
  static Caller of(Request request, Tokens tokens) {
    String field = request.headers().get("Authorization").orElse("");
    if (!field.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw DriveErrors.gateway(401, "No authentication header supplied");
    }
    String bearer = field.substring(7).strip();
    Tokens.Check check = tokens.check(bearer);
    if (check instanceof Tokens.Check.Valid valid) {
      return new Caller(valid.token().email(), valid.client(), valid.token().scopes());
    }
    if (check instanceof Tokens.Check.Unknown && !bearer.startsWith("Atza|")) {
      throw DriveErrors.gateway(
          403,
          "Authorization header requires 'Credential' parameter. Authorization header requires"
              + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
              + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
              + " header. Authorization=Bearer");
    }
    throw DriveErrors.gateway(401, "Token has expired");
  }

  Caller mayRead(String operation) {
    if (scopes.stream().noneMatch(scope -> scope.startsWith("clouddrive:read"))) {
      throw DriveErrors.insufficientPermissions(operation);
    }
    return this;
  }

  Caller mayWrite(String operation) {
    if (!scopes.contains("clouddrive:write")) {
      throw DriveErrors.insufficientPermissions(operation);
    }
    return this;
  }

  /** Some scopes list everything and read one family of files only (amazon-cloud-drive.md 1). */
  void mayDownload(String contentType, String operation) {
    boolean allowed =
        scopes.contains("clouddrive:read_all")
            || scopes.contains("clouddrive:read")
            || scopes.contains(scopeOf(contentType));
    if (!allowed) {
      throw DriveErrors.insufficientPermissions(operation);
    }
  }

  private static String scopeOf(String contentType) {
    return switch (Usage.Family.of(contentType)) {
      case PHOTO -> "clouddrive:read_image";
      case VIDEO -> "clouddrive:read_video";
      case DOC -> "clouddrive:read_document";
      case OTHER -> "clouddrive:read_other";
    };
  }
}
