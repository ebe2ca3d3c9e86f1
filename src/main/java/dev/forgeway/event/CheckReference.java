package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/**
 * A check that is shown on a forge: its name, and the key that we gave it.
 *
 * @param name {@code *} for all checks of the commit, whose id is then that of their suite
 */
public record CheckReference(long id, String name, @Nullable String externalId) {}
