/** Pictures: decoding, every image task, encoding. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.process.image;

import org.jspecify.annotations.NullMarked;
