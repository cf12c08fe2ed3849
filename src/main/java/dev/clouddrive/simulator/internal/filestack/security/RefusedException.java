package dev.clouddrive.simulator.internal.filestack.security;

/**
 * A policy doesn't allow what was asked for; the message is the vendor's, without a host's frame.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is wrong, in the order in which it is looked for. */
  public enum Reason {
    MISSING("Proper credentials not provided. Signature: None Policy: None"),
    NOT_BASE64("policy was not properly url-safe base64 encoded"),
    NOT_JSON("The policy is not valid JSON"),
    SIGNATURE("The signature is invalid"),
    EXPIRED("The signature has expired"),
    CALL("This call is not allowed by the policy"),
    HANDLE("This handle is not allowed by the policy"),
    URL("This URL is not allowed by the policy"),
    SIZE("The size is not allowed by the policy"),
    PATH("This path is not allowed by the policy"),
    CONTAINER("This container is not allowed by the policy");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Reason reason;

  RefusedException(Reason reason) {
    super(reason.words, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The vendor's words. */
  public String words() {
    return reason.words;
  }
}
