/** Delivery and conversions. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.process;

import org.jspecify.annotations.NullMarked;
