/** The only place that knows Jackson and the schema validator. */
@NullMarked
package dev.clouddrive.simulator.internal.json;

import org.jspecify.annotations.NullMarked;
