package dev.forgeway.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A status of a commit at a simulated forge, as one call left it.
 *
 * @param state in the forge's own words
 */
public record CommitStatus(
        long id,
        String commit,
        String name,
        String state,
        @Nullable String description,
        @Nullable String targetUrl) {}
