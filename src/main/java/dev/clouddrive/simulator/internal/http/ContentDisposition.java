package dev.clouddrive.simulator.internal.http;

import java.util.Optional;

/** The {@code Content-Disposition} of a file (RFC 6266). */
public final class ContentDisposition {
  private ContentDisposition() {}

  /** With an ASCII name, and beside it the real one where that differs. */
  public static String of(String type, String fileName) {
    StringBuilder ascii = new StringBuilder(fileName.length());
    boolean plain = true;
    for (int i = 0; i < fileName.length(); i++) {
      char c = fileName.charAt(i);
      boolean keep = c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
      plain &= keep;
      ascii.append(keep ? c : '_');
    }
    String disposition = type + "; filename=\"" + ascii + "\"";
    return plain
        ? disposition
        : disposition + "; filename*=UTF-8''" + PercentCoding.encode(fileName);
  }

  /**
   * The file name that a field tells: that of {@code filename*} before that of {@code filename}.
   */
  public static Optional<String> fileName(String field) {
    Optional<String> extended =
        Multipart.parameterOf(field, "filename*")
            .filter(value -> value.regionMatches(true, 0, "UTF-8''", 0, 7))
            .map(value -> PercentCoding.decode(value.substring(7)));
    return extended
        .or(() -> Multipart.parameterOf(field, "filename"))
        .filter(name -> !name.isEmpty());
  }
}
