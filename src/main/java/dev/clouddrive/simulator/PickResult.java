package dev.clouddrive.simulator;

import java.util.List;

/** What the picker gives the application (filestack.md 2.3). */
public record PickResult(List<PickedFile> filesUploaded, List<FailedFile> filesFailed) {

  /**
   * A file that was taken.
   *
   * @param originalPath its path in the drive
   * @param size bytes
   * @param source {@code clouddrive}
   * @param url on the CDN
   */
  public record PickedFile(
      String filename,
      String handle,
      String mimetype,
      String originalPath,
      long size,
      String source,
      String url,
      String uploadId) {}

  /**
   * A file that was not.
   *
   * @param status the HTTP status that said so
   * @param error the vendor's words
   */
  public record FailedFile(String originalPath, int status, String error) {}

  public PickResult {
    filesUploaded = List.copyOf(filesUploaded);
    filesFailed = List.copyOf(filesFailed);
  }

  /**
   * The only file that was taken.
   *
   * @throws SimulatorException if it isn't exactly one
   */
  public PickedFile file() {
    if (filesUploaded.size() != 1) {
      throw new SimulatorException(
          filesUploaded.size() + " files were taken; failed: " + filesFailed);
    }
    return filesUploaded.get(0);
  }
}
