/** Audio and video: conversions that go on by themselves, with ffmpeg where it is installed. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.process.media;

import org.jspecify.annotations.NullMarked;
