package dev.clouddrive.simulator.internal.world;

/**
 * How much of one family of files a drive holds (amazon-cloud-drive.md 3.1).
 *
 * @param bytes of all files
 */
public record Usage(long bytes, long count) {
  public static final Usage NONE = new Usage(0, 0);

  /** The families, by the names that the service gives them. */
  public enum Family {
    OTHER,
    DOC,
    PHOTO,
    VIDEO;

    /** That of a media type. */
    public static Family of(String contentType) {
      if (contentType.startsWith("image/")) {
        return PHOTO;
      }
      if (contentType.startsWith("video/")) {
        return VIDEO;
      }
      boolean document =
          contentType.startsWith("text/")
              || contentType.equals("application/pdf")
              || contentType.equals("application/rtf")
              || contentType.startsWith("application/msword")
              || contentType.startsWith("application/vnd.");
      return document ? DOC : OTHER;
    }
  }

  Usage plus(long moreBytes, int more) {
    return new Usage(bytes + moreBytes, count + more);
  }
}
