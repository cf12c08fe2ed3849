/** The control API, and what users do in dialogs without a browser. */
@NullMarked
package dev.clouddrive.simulator.internal.control;

import org.jspecify.annotations.NullMarked;
