package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.http.MediaTypes;
import java.util.Optional;

/** The names of stored files (filestack-files.md 4.1). */
public final class FileNames {
  private static final int LONGEST = 255;

  private FileNames() {}

  /**
   * A name as it can be shown and stored: the last part of a path, without control characters.
   *
   * @param name as somebody gave it
   */
  public static Optional<String> clean(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String printable = last.replaceAll("\\p{Cntrl}", "").strip();
    boolean usable = !printable.isEmpty() && !printable.equals(".") && !printable.equals("..");
    return usable
        ? Optional.of(printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST))
        : Optional.empty();
  }

  /** {@code untitled}, with the extension of the media type where it has one. */
  public static String untitled(String mimetype) {
    return MediaTypes.extensionFor(mimetype).map(e -> "untitled." + e).orElse("untitled");
  }
}
