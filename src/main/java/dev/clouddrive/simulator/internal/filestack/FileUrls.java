package dev.clouddrive.simulator.internal.filestack;

import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.webhook.FileAddress;

/**
 * The two forms of a file's URL (filestack.md 0.2).
 *
 * @param apiBase scheme and authority of the File API
 * @param cdnBase scheme and authority of the CDN
 */
public record FileUrls(String apiBase, String cdnBase) {

  /** As the client of this request can reach them. */
  public static FileUrls of(Addresses addresses, Request request) {
    return new FileUrls(
        addresses.of(request, FilestackRoles.API_HOST),
        addresses.of(request, FilestackRoles.CDN_HOST));
  }

  /** {@code https://www.filestackapi.com/api/file/{handle}} */
  public String api(String handle) {
    return apiBase + "/api/file/" + handle;
  }

  /** {@code https://cdn.filestackcontent.com/{handle}} */
  public String cdn(String handle) {
    return cdnBase + "/" + handle;
  }

  /** Both forms, for a webhook. */
  public FileAddress of(String handle) {
    return new FileAddress(api(handle), cdn(handle));
  }
}
