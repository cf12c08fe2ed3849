package dev.clouddrive.simulator.internal.webhook;

import dev.clouddrive.simulator.internal.world.Options;

/**
 * The two URLs of one file (filestack-files.md 11 #4).
 *
 * @param api on the File API: {@code …/api/file/{handle}}
 * @param cdn on the CDN
 */
public record FileAddress(String api, String cdn) {

  /** The form that the world's era, or its switch, shows. */
  public String in(Options options) {
    String style = options.get(Options.URLS_STYLE);
    boolean old =
        style.equals(Options.BY_PROFILE)
            ? options.get(Options.WEBHOOK_FLAVOUR).equals("classic")
            : style.equals("api");
    return old ? api : cdn;
  }
}
