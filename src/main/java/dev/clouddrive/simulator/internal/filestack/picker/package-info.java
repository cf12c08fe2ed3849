/** What a browser loads of Filestack: the picker's script, its icons and what it asks first. */
@NullMarked
package dev.clouddrive.simulator.internal.filestack.picker;

import org.jspecify.annotations.NullMarked;
