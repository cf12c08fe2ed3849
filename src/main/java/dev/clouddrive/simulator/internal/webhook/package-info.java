/** Events, payload flavours, schema check, signature, retries. */
@NullMarked
package dev.clouddrive.simulator.internal.webhook;

import org.jspecify.annotations.NullMarked;
