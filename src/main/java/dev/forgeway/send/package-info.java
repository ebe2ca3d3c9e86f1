/** The generator: signs and posts deliveries, or publishes them on a bus, as their senders would. */
@NullMarked
package dev.forgeway.send;

import org.jspecify.annotations.NullMarked;
