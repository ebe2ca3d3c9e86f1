/** Brings the forges to the state that the outbox wants shown. Never decides what that state is. */
@NullMarked
package dev.forgeway.report;

import org.jspecify.annotations.NullMarked;
