/** The glue between routes and beans; the only room that imports Camel. No business logic. */
@NullMarked
package dev.forgeway.camel;

import org.jspecify.annotations.NullMarked;
