/** Login with Amazon. */
@NullMarked
package dev.clouddrive.simulator.internal.amazon.login;

import org.jspecify.annotations.NullMarked;
