package dev.forgeway.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What replays of the deliveries of a time would do, without doing it.
 *
 * @param replayed how many deliveries were tried
 * @param same about how many the same would be decided, apart from priorities
 * @param failed how many could not be decided now, because somebody did not answer or the body was just cleaned up; the log names them
 * @param changes the differences, those first that are most frequent
 * @param deliveries those about which something else would be decided
 * @param next where to go on; null when all deliveries of the time were tried
 */
public record ShadowReplay(
        Instant from,
        Instant to,
        int replayed,
        int same,
        int failed,
        List<Change> changes,
        List<Changed> deliveries,
        @Nullable String next) {

    /** A difference, and how many deliveries have it. */
    public record Change(
            String what, @Nullable String was, @Nullable String would, int deliveries) {}

    /** A delivery about which something else would be decided. */
    public record Changed(String deliveryId, List<Difference> differences) {}
}
