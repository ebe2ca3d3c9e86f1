/** Meter names, tags and the step log. Never computed by scanning a table. */
@NullMarked
package dev.forgeway.metrics;

import org.jspecify.annotations.NullMarked;
