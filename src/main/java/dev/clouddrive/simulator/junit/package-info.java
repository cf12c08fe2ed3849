/**
 * The simulator in JUnit 5 tests. Needs {@code org.junit.jupiter:junit-jupiter-api} from 5.12 on.
 */
@NullMarked
package dev.clouddrive.simulator.junit;

import org.jspecify.annotations.NullMarked;
