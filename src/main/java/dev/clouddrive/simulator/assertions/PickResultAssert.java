package dev.clouddrive.simulator.assertions;

import dev.clouddrive.simulator.PickResult;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What is said of what the picker gave the application. */
public final class PickResultAssert extends AbstractAssert<PickResultAssert, PickResult> {

  PickResultAssert(PickResult actual) {
    super(actual, PickResultAssert.class);
  }

  /** These files were taken, in this order, and none failed. */
  public PickResultAssert hasUploaded(String... filenames) {
    isNotNull();
    List<String> found =
        actual.filesUploaded().stream().map(PickResult.PickedFile::filename).toList();
    if (!found.equals(Arrays.asList(filenames)) || !actual.filesFailed().isEmpty()) {
      throw failureWithActualExpected(
          found,
          Arrays.asList(filenames),
          "%nExpected the files %s, but taken were %s and failed %s",
          Arrays.asList(filenames),
          found,
          actual.filesFailed());
    }
    return this;
  }

  /** A file was not taken, with these words of the vendor's. */
  public PickResultAssert hasFailed(String originalPath, String error) {
    isNotNull();
    boolean told =
        actual.filesFailed().stream()
            .anyMatch(f -> f.originalPath().equals(originalPath) && f.error().equals(error));
    if (!told) {
      throw failure(
          "%nExpected %s to fail with \"%s\", but taken were %s and failed %s",
          originalPath, error, actual.filesUploaded(), actual.filesFailed());
    }
    return this;
  }
}
