/** Outgoing HTTP with its target guard. */
@NullMarked
package dev.clouddrive.simulator.internal.client;

import org.jspecify.annotations.NullMarked;
