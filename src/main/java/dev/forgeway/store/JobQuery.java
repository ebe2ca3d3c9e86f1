package dev.forgeway.store;

import dev.forgeway.dispatch.Job.State;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list, newest first; null means any.
 *
 * @param outcome "succeeded", "failed", "error", "skipped" or "canceled"
 * @param project a project key ({@code host/namespace/name})
 * @param pullRequest its number, in the project
 * @param limit 1 to {@value #MOST}; more is cut
 */
public record JobQuery(
        @Nullable String handler,
        @Nullable State state,
        @Nullable String outcome,
        @Nullable String project,
        @Nullable Integer pullRequest,
        int limit) {

    static final int MOST = 200;

    public JobQuery {
        limit = Math.max(1, Math.min(limit, MOST));
    }
}
