/** What happened, as immutable, forge-neutral records. No parsing, no JSON annotations, no I/O. */
@NullMarked
package dev.forgeway.event;

import org.jspecify.annotations.NullMarked;
