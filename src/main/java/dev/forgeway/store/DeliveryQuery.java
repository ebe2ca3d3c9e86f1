package dev.forgeway.store;

import org.jspecify.annotations.Nullable;

/**
 * Which deliveries to list, newest first; null means any.
 *
 * @param project a project key ({@code host/namespace/name})
 * @param before the id of the last row of the previous page
 * @param limit 1 to {@value #MOST}; more is cut
 */
public record DeliveryQuery(
        @Nullable String source,
        @Nullable String key,
        @Nullable Outcome outcome,
        @Nullable String project,
        @Nullable String before,
        int limit) {

    static final int MOST = 200;

    public DeliveryQuery {
        limit = Math.max(1, Math.min(limit, MOST));
    }
}
