package dev.forgeway.event;

import org.jspecify.annotations.Nullable;

/**
 * A pull or merge request. The source is null where the sender does not give it (comments) or where the fork was
 * deleted.
 */
public record PullRequest(
        int number,
        @Nullable String sourceNamespace,
        @Nullable String sourceName,
        @Nullable String sourceBranch,
        @Nullable String targetBranch) {}
