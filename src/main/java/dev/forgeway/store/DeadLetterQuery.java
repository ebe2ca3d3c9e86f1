package dev.forgeway.store;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; null means any.
 *
 * @param id of a delivery or job
 * @param handler leaves out deliveries
 * @param reason why a delivery was parked, or "error" for jobs
 * @param limit 1 to {@value DeliveryQuery#MOST}; more is cut
 */
public record DeadLetterQuery(
        @Nullable String id,
        @Nullable String source,
        @Nullable String project,
        @Nullable String handler,
        @Nullable String reason,
        int limit) {

    static final String ERROR = "error";

    public DeadLetterQuery {
        limit = Math.max(1, Math.min(limit, DeliveryQuery.MOST));
    }

    /** Whether everything is meant. */
    public boolean isAny() {
        return id == null && source == null && project == null && handler == null && reason == null;
    }

    boolean wantsDeliveries() {
        return handler == null && !ERROR.equals(reason);
    }

    boolean wantsJobs() {
        return reason == null || ERROR.equals(reason);
    }
}
