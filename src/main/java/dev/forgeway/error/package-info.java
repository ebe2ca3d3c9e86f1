/** Failures named by their consequence. No retry logic and no texts for users. */
@NullMarked
package dev.forgeway.error;

import org.jspecify.annotations.NullMarked;
