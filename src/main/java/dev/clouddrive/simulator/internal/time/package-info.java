/** The virtual clock and its agenda. */
@NullMarked
package dev.clouddrive.simulator.internal.time;

import org.jspecify.annotations.NullMarked;
