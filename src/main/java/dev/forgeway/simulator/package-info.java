/** The outside world for tests and the demo, over real protocols. Nothing in the product depends on it. */
@NullMarked
package dev.forgeway.simulator;

import org.jspecify.annotations.NullMarked;
