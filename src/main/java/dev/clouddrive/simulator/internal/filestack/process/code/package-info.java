/** Style sheets and scripts. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.process.code;

import org.jspecify.annotations.NullMarked;
