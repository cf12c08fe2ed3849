/** Keeps a world on disk as it changes. The one place that knows the embedded store. */
@NullMarked
package dev.clouddrive.simulator.internal.data;

import org.jspecify.annotations.NullMarked;
