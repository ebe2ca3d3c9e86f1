/** Checks of the routes as such: what Camel leaves unchecked, and that every node is reached by some test. */
@NullMarked
package dev.forgeway.routes;

import org.jspecify.annotations.NullMarked;
