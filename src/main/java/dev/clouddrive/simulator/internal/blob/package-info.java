/** Contents: in memory, on disk, or generated from a seed. */
@NullMarked
package dev.clouddrive.simulator.internal.blob;

import org.jspecify.annotations.NullMarked;
