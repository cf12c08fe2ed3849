/** Assertions in the style of AssertJ. Needs {@code org.assertj:assertj-core}. */
@NullMarked
package dev.clouddrive.simulator.assertions;

import org.jspecify.annotations.NullMarked;
