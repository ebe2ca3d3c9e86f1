package dev.forgeway.store;

import org.jspecify.annotations.Nullable;

/**
 * Which deliveries to list, newest first; null means any.
 *
 * @param project a project key ({@code host/namespace/name})
 * @param pullRequest the number of a pull request of the project
 * @param commit a commit, or the beginning of its id, in lower case
 * @param before the id of the last row of the previous page
 * @param limit 1 to {@value #MOST}; more is cut
 */
public record DeliveryQuery(
        @Nullable String source,
        @Nullable String key,
        @Nullable Outcome outcome,
        @Nullable String project,
        @Nullable Integer pullRequest,
        @Nullable String commit,
        @Nullable String before,
        int limit) {

    static final int MOST = 200;

    public DeliveryQuery {
        limit = Math.max(1, Math.min(limit, MOST));
    }

    /** Of any pull request and commit. */
    public DeliveryQuery(
            @Nullable String source,
            @Nullable String key,
            @Nullable Outcome outcome,
            @Nullable String project,
            @Nullable String before,
            int limit) {
        this(source, key, outcome, project, null, null, before, limit);
    }
}
