package dev.forgeway.store;

import dev.forgeway.error.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant, the newest first by when they came; null means any.
 *
 * @param id of a delivery or job
 * @param handler leaves out deliveries and statuses
 * @param reason why a delivery was parked or a job ended as an error; "error" for jobs, whatever the reason
 * @param before the id of the last one of the page before
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
        @Nullable String before,
        int limit) {

    public static final String ERROR = "error";

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
        return new DeadLetterQuery(id, source, project, handler, reason, earlier, givenUpSince, before, limit);
    }

    /** The page behind the one that ends with this dead letter. */
    public DeadLetterQuery after(DeadLetter last) {
        return new DeadLetterQuery(id, source, project, handler, reason, givenUpBefore, givenUpSince, last.id(), limit);
    }

    boolean wantsDeliveries() {
        return handler == null && !ERROR.equals(reason);
    }

    boolean wantsStatuses() {
        return handler == null && (reason == null || reason.equals(Reason.ATTEMPTS_EXHAUSTED.wireName()));
    }

    /** Why jobs ended as errors; null for any reason. */
    @Nullable
    String reasonOfJobs() {
        return ERROR.equals(reason) ? null : reason;
    }
}
