/** Programs of the machine that conversions use where they are installed. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.process.program;

import org.jspecify.annotations.NullMarked;
