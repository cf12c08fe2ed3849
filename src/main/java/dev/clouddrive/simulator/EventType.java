package dev.clouddrive.simulator;

/** What an application can be told of by webhook (filestack.md 1.3). */
public enum EventType {
  /** Every event type: one entry for each. */
  ALL("all"),
  /** The old dialog was opened. */
  DIALOG("fp.dialog"),
  /** A file became known to Filestack, as a copy or as a link. */
  UPLOAD("fp.upload"),
  /** A file was saved into a cloud. */
  EXPORT("fp.export"),
  /** A conversion was computed. */
  CONVERSE("fp.converse"),
  /** A file's content was replaced. */
  OVERWRITE("fp.overwrite"),
  /** A file was removed. */
  DELETE("fp.delete"),
  /** An audio or video conversion ended. */
  VIDEO_CONVERSE("fp.video_converse"),
  /** A workflow ended. */
  WORKFLOW("fs.workflow"),
  /** A virus scan ended. */
  SCAN("fp.scan");

  private final String action;

  EventType(String action) {
    this.action = action;
  }

  /** The {@code action} of its payloads; {@code all} for {@link #ALL}. */
  public String action() {
    return action;
  }
}
