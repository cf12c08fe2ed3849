/** Seeded ids, handles and tokens: the only place with randomness. */
@NullMarked
package dev.clouddrive.simulator.internal.ids;

import org.jspecify.annotations.NullMarked;
