package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.world.Filestack;
import org.jspecify.annotations.Nullable;

/**
 * A source that was found.
 *
 * @param app whose conversion it is
 * @param file null for a URL from elsewhere
 * @param url where it was fetched from; null for a file
 */
public record Origin(
    Filestack.App app,
    FileContent content,
    Filestack.@Nullable FileLink file,
    @Nullable String url) {

  /** What tells it, and its present bytes, from any other. */
  public String cacheKey() {
    return (file != null ? file.handle() : app.apikey() + " " + url) + " " + content.etag();
  }
}
