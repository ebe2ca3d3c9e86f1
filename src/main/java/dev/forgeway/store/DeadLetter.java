package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was parked, a job that ended as an error, or a status that the broker gave up on, about which nobody did
 * anything yet.
 *
 * @param id of the delivery or job; a status has one of its own for each time that it was given up
 * @param deliveryId the delivery, or the one that asked for the job or the status
 * @param project a project key; null for a delivery, whose project is known only once it is decided
 * @param handler null for a delivery or a status
 * @param reason why the delivery was parked or the job ended as an error; "error" where that is not known
 * @param since when it was given up
 */
public record DeadLetter(
        String kind,
        String id,
        String deliveryId,
        String source,
        @Nullable String project,
        @Nullable String handler,
        String reason,
        @Nullable String detail,
        Instant since) {

    public static final String DELIVERY = "delivery";
    public static final String JOB = "job";
    public static final String STATUS = "status";

    /** The reason of a job that waited for something that never came. */
    public static final String NO_RESULT = "no-result";
}
