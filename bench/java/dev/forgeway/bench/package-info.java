/** The benchmark: what Forgeway accepts, how fast it works and how soon it is ready. See docs/performance.md. */
@NullMarked
package dev.forgeway.bench;

import org.jspecify.annotations.NullMarked;
