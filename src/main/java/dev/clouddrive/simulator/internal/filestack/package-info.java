/** What the parts of Filestack share: hosts, error words, applications, the view of a cloud. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack;

import org.jspecify.annotations.NullMarked;
