/** Documents: PDF by a library, office files by LibreOffice where it is installed. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.process.document;

import org.jspecify.annotations.NullMarked;
