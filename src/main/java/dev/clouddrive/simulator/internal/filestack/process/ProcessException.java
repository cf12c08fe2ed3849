package dev.clouddrive.simulator.internal.filestack.process;

import java.io.IOException;

/**
 * A conversion that can't be done; the message is the processing host's (filestack-files.md 5.5).
 */
public final class ProcessException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final boolean ofProvider;

  private ProcessException(int status, String message, boolean ofProvider) {
    super(message);
    this.status = status;
    this.ofProvider = ofProvider;
  }

  public ProcessException(int status, String message) {
    this(status, message, false);
  }

  public static ProcessException invalidParameter(String parameter, String task) {
    return new ProcessException(
        400, "invalid parameter `" + parameter + "` for `" + task + "` task");
  }

  /** What the vendor's converter says; it is told with the place of the failing task. */
  public static ProcessException provider(String message) {
    return new ProcessException(400, message, true);
  }

  public static ProcessException unsupported(String mimetype) {
    return provider(mimetype + " conversions are not supported");
  }

  public static ProcessException corrupted() {
    return provider("Failed to identify the file, probably corrupted image provided");
  }

  /**
   * @param index of the task in its chain
   */
  ProcessException at(int index) {
    return ofProvider
        ? new ProcessException(
            status, "conv20 provider error: " + getMessage() + " (idx " + index + ")")
        : this;
  }

  /** As {@link #at}, where there is one task alone. */
  public ProcessException at0() {
    return at(0);
  }

  public int status() {
    return status;
  }
}
