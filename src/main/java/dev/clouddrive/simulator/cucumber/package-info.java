/**
 * Step definitions for Cucumber: add this package to the glue of your own run. A step catalogue is
 * in {@code docs/steps.md}.
 */
@NullMarked
package dev.clouddrive.simulator.cucumber;

import org.jspecify.annotations.NullMarked;
