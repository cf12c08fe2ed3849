/**
 * WireMock's stubs before our own answers. The one place that knows WireMock, built on first use.
 */
@NullMarked
package dev.clouddrive.simulator.internal.stub;

import org.jspecify.annotations.NullMarked;
