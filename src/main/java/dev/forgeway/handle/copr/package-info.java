/** Builds in Copr: submitting them and following what the bus says of them. */
@NullMarked
package dev.forgeway.handle.copr;

import org.jspecify.annotations.NullMarked;
