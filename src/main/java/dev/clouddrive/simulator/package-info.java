/** An embeddable simulator of Amazon Cloud Drive and of Filestack around it. */
@NullMarked
package dev.clouddrive.simulator;

import org.jspecify.annotations.NullMarked;
