package dev.clouddrive.simulator.assertions;

import dev.clouddrive.simulator.DriveAccount;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What is said of a user's drive. A failure tells the files that are there. */
public final class DriveAssert extends AbstractAssert<DriveAssert, DriveAccount> {
  private static final int MOST_SHOWN = 50;

  DriveAssert(DriveAccount actual) {
    super(actual, DriveAssert.class);
  }

  /** The drive holds a file or folder there. */
  public DriveAssert hasFile(String path) {
    isNotNull();
    if (!actual.has(path)) {
      throw failure("%nExpected %s to hold %s, but it holds%n%s", name(), path, files());
    }
    return this;
  }

  /** The drive holds nothing there. */
  public DriveAssert hasNoFile(String path) {
    isNotNull();
    if (actual.has(path)) {
      throw failure("%nExpected %s not to hold %s, but it holds%n%s", name(), path, files());
    }
    return this;
  }

  /** The drive holds these files, and no others. */
  public DriveAssert hasOnlyFiles(String... paths) {
    isNotNull();
    List<String> expected = Arrays.stream(paths).sorted().toList();
    List<String> found = actual.files().stream().sorted().toList();
    if (!found.equals(expected)) {
      throw failureWithActualExpected(
          found,
          expected,
          "%nExpected %s to hold%n  %s%nbut it holds%n%s",
          name(),
          expected,
          files());
    }
    return this;
  }

  /** A file has these bytes. */
  public DriveAssert hasContent(String path, byte[] expected) {
    hasFile(path);
    byte[] found = actual.read(path).orElse(new byte[0]);
    if (!Arrays.equals(found, expected)) {
      throw failure(
          "%nExpected %s of %s to have %d bytes that are equal, but of its %d the first other one is"
              + " at %d",
          path, name(), expected.length, found.length, Arrays.mismatch(found, expected));
    }
    return this;
  }

  /** A file has this text, in UTF-8. */
  public DriveAssert hasContent(String path, String expected) {
    hasFile(path);
    String found = new String(actual.read(path).orElse(new byte[0]), StandardCharsets.UTF_8);
    if (!found.equals(expected)) {
      throw failureWithActualExpected(
          found,
          expected,
          "%nExpected %s of %s to be%n  %s%nbut it is%n  %s",
          path,
          name(),
          expected,
          found);
    }
    return this;
  }

  private String name() {
    return "the drive of " + actual.email();
  }

  private String files() {
    List<String> files = actual.files();
    StringBuilder list = new StringBuilder();
    files.stream().limit(MOST_SHOWN).forEach(file -> list.append("  ").append(file).append('\n'));
    if (files.size() > MOST_SHOWN) {
      list.append("  and ").append(files.size() - MOST_SHOWN).append(" more\n");
    }
    return list.length() == 0 ? "  nothing\n" : list.toString();
  }
}
