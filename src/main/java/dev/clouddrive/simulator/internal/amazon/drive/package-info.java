/** The Amazon Drive REST API v1. */
@NullMarked
package dev.clouddrive.simulator.internal.amazon.drive;

import org.jspecify.annotations.NullMarked;
