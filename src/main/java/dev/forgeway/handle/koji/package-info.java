/** Builds in Koji: starting them and following what the bus says of them. */
@NullMarked
package dev.forgeway.handle.koji;

import org.jspecify.annotations.NullMarked;
