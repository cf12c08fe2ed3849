/** Effects that fall on calls by operation. */
@NullMarked
package dev.clouddrive.simulator.internal.fault;

import org.jspecify.annotations.NullMarked;
