package dev.clouddrive.simulator.internal.filestack.security;

/** What a policy can allow, by the names of {@code call} (filestack-files.md 6.1). */
public enum Call {
  PICK("pick"),
  READ("read"),
  STAT("stat"),
  WRITE("write"),
  WRITE_URL("writeUrl"),
  STORE("store"),
  CONVERT("convert"),
  REMOVE("remove"),
  EXIF("exif"),
  RUN_WORKFLOW("runWorkflow");

  private final String word;

  Call(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
