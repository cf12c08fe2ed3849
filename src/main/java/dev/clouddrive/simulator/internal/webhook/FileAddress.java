package dev.clouddrive.simulator.internal.webhook;

/**
 * The two URLs of one file; the flavour chooses which one a payload shows (filestack-files.md 11
 * #4).
 *
 * @param api on the File API: {@code …/api/file/{handle}}
 * @param cdn on the CDN
 */
public record FileAddress(String api, String cdn) {}
