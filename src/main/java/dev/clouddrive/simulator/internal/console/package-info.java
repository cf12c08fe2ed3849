/** The web console. */
@NullMarked
package dev.clouddrive.simulator.internal.console;

import org.jspecify.annotations.NullMarked;
