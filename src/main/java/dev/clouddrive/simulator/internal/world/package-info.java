/** The state of one simulator: loading, reset, export. */
@NullMarked
package dev.clouddrive.simulator.internal.world;

import org.jspecify.annotations.NullMarked;
