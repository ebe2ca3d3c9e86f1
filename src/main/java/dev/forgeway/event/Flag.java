package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/** A flag on a pull request: who reports what about it. */
public record Flag(
        String username,
        String status,
        @Nullable String comment,
        @Nullable String url) {}
