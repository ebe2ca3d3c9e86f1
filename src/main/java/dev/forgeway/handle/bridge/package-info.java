/** Events for others: published on message buses and posted to URLs, whoever is subscribed in the configuration. */
@NullMarked
package dev.forgeway.handle.bridge;

import org.jspecify.annotations.NullMarked;
