/** A bounded record of what was asked and answered. */
@NullMarked
package dev.clouddrive.simulator.internal.journal;

import org.jspecify.annotations.NullMarked;
