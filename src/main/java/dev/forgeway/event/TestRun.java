package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/** A request to Testing Farm. */
public record TestRun(
        String requestId, @Nullable String state, @Nullable String result) {}
