/** The multipart upload protocol, and the object store that its parts are put to. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.upload;

import org.jspecify.annotations.NullMarked;
