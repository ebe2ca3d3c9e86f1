/** Forgeway's view of a git forge. Quirks of one forge live in its own package below. */
@NullMarked
package dev.forgeway.forge;

import org.jspecify.annotations.NullMarked;
