/** The demo: Forgeway with a simulated outside world, on one machine. Nothing in the product depends on it. */
@NullMarked
package dev.forgeway.demo;

import org.jspecify.annotations.NullMarked;
