/** Puts a simulator together: the only package that knows all. */
@NullMarked
package dev.clouddrive.simulator.internal.assembly;

import org.jspecify.annotations.NullMarked;
