/** Periodic work: what nobody tells us is asked for here. */
@NullMarked
package dev.forgeway.schedule;

import org.jspecify.annotations.NullMarked;
