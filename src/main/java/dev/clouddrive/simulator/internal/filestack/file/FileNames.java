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
    // A surrogate without its other half is no character.
    String printable = last.replaceAll("[\\p{Cntrl}\\p{Cs}]", "").strip();
    boolean usable = !printable.isEmpty() && !printable.equals(".") && !printable.equals("..");
    return usable ? Optional.of(cut(printable)) : Optional.empty();
  }

  private static String cut(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    boolean halves = Character.isHighSurrogate(name.charAt(LONGEST - 1));
    return name.substring(0, halves ? LONGEST - 1 : LONGEST);
  }

  /** {@code untitled}, with the extension of the media type where it has one. */
  public static String untitled(String mimetype) {
    return MediaTypes.extensionFor(mimetype).map(e -> "untitled." + e).orElse("untitled");
  }
}
