/** Handles and what they give. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.file;

import org.jspecify.annotations.NullMarked;
