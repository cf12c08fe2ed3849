/** Security policies (filestack-files.md 6). */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.security;

import org.jspecify.annotations.NullMarked;
