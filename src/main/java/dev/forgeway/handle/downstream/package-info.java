/** Handlers that carry changes between upstream repositories and Fedora's dist-git. */
@NullMarked
package dev.forgeway.handle.downstream;

import org.jspecify.annotations.NullMarked;
