package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.http.Headers;

/** What a chain is applied to (filestack-files.md 5.1). */
public sealed interface SourceRef {

  /** As a URL writes it. */
  String shown();

  record Handle(String handle) implements SourceRef {
    @Override
    public String shown() {
      return handle;
    }
  }

  /**
   * @param headers to fetch it with
   */
  record Url(String url, Headers headers) implements SourceRef {
    @Override
    public String shown() {
      return url;
    }
  }

  /** A storage alias or a workflow's result, which have to be configured to be found. */
  record Alias(String text) implements SourceRef {
    @Override
    public String shown() {
      return text;
    }
  }
}
