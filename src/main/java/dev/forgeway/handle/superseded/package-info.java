/** Ends work that a later push made useless. */
@NullMarked
package dev.forgeway.handle.superseded;

import org.jspecify.annotations.NullMarked;
