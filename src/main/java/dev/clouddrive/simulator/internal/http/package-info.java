/** Requests, responses, operations, and Undertow at the edge. Knows no domain. */
@NullMarked
package dev.clouddrive.simulator.internal.http;

import org.jspecify.annotations.NullMarked;
