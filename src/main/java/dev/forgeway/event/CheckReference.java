package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/** A check that is shown on a forge: its name, and the key that we gave it. */
public record CheckReference(long id, String name, @Nullable String externalId) {}
