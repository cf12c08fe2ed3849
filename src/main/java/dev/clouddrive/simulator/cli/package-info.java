/** The command line: verbs, options, the ready line, exit codes. */
@NullMarked
package dev.clouddrive.simulator.cli;

import org.jspecify.annotations.NullMarked;
