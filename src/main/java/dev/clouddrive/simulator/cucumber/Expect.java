package dev.clouddrive.simulator.cucumber;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The checks of the steps: no assertion library is asked of the host project. */
final class Expect {
  private Expect() {}

  static void equal(String what, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(what + " is " + actual + ", expected was " + expected);
    }
  }

  static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
