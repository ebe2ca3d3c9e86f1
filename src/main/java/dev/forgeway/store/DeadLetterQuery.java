package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; null means any.
 *
 * @param id of a delivery or job
 * @param handler leaves out deliveries
 * @param reason why a delivery was parked or a job ended as an error; "error" for jobs, whatever the reason
 * @param limit 1 to {@value DeliveryQuery#MOST}; more is cut
 */
public record DeadLetterQuery(
        @Nullable String id,
        @Nullable String source,
        @Nullable String project,
        @Nullable String handler,
        @Nullable String reason,
        @Nullable Instant givenUpBefore,
        @Nullable Instant givenUpSince,
        int limit) {

    static final String ERROR = "error";

    public DeadLetterQuery {
        limit = Math.max(1, Math.min(limit, DeliveryQuery.MOST));
    }

    /** Whether everything is meant. */
    public boolean isAny() {
        return id == null
                && source == null
                && project == null
                && handler == null
                && reason == null
                && givenUpBefore == null
                && givenUpSince == null;
    }

    /** The same, of what was given up before a time, too. */
    public DeadLetterQuery before(Instant time) {
        Instant earlier = givenUpBefore == null || time.isBefore(givenUpBefore) ? time : givenUpBefore;
        return new DeadLetterQuery(id, source, project, handler, reason, earlier, givenUpSince, limit);
    }

    boolean wantsDeliveries() {
        return handler == null && !ERROR.equals(reason);
    }

    /** Why jobs ended as errors; null for any reason. */
    @Nullable
    String reasonOfJobs() {
        return ERROR.equals(reason) ? null : reason;
    }
}
