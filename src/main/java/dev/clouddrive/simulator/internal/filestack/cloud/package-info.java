/** The cloud API, picker sessions, the OAuth leg, export, and the client of Amazon Cloud Drive. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.cloud;

import org.jspecify.annotations.NullMarked;
