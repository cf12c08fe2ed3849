package dev.clouddrive.simulator.internal.filestack.process;

import java.io.IOException;

/**
 * A conversion that can't be done; the message is the processing host's (filestack-files.md 5.5).
 */
final class ProcessException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  ProcessException(int status, String message) {
    super(message);
    this.status = status;
  }

  static ProcessException invalidParameter(String parameter, String task) {
    return new ProcessException(
        400, "invalid parameter `" + parameter + "` for `" + task + "` task");
  }

  int status() {
    return status;
  }
}
