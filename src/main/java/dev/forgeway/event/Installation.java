package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/** The installation of a GitHub App that an event came through. */
public record Installation(long id, @Nullable String account) {}
