package dev.clouddrive.simulator.internal.json;

/** JSON that can't be read, or that isn't what was asked for. The message says where and what. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String pointer;

  JsonException(String pointer, String message) {
    super(pointer.isEmpty() ? message : pointer + ": " + message);
    this.pointer = pointer;
  }

  /** The JSON Pointer (RFC 6901) of the value at fault; empty for the whole text. */
  public String pointer() {
    return pointer;
  }
}
