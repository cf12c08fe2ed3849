/** Facts of media files, read from their bytes. */
@NullMarked
package dev.clouddrive.simulator.internal.media;

import org.jspecify.annotations.NullMarked;
