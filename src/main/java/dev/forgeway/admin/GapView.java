package dev.forgeway.admin;

import dev.forgeway.store.Completeness;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the gaps of a source, as the API tells it.
 *
 * @param state "complete", "behind", or "unknown" where the source does not tell what it sent
 * @param completeSince from here on nothing is missing for good
 * @param completeUntil up to here nothing is missing at all
 * @param lookedAt when the source was asked last
 * @param problem why it did not answer then
 * @param lostFrom the beginning of the last time whose deliveries can no longer be had
 * @param lostUntil its end
 * @param missed what never arrived in the last 30 days, by what became of it
 * @param reason why it cannot be known
 */
public record GapView(
        String source,
        String state,
        @Nullable Instant completeSince,
        @Nullable Instant completeUntil,
        @Nullable Instant lookedAt,
        @Nullable String problem,
        @Nullable Instant lostFrom,
        @Nullable Instant lostUntil,
        @Nullable Map<String, Integer> missed,
        @Nullable String reason) {

    static GapView known(Completeness known, Instant completeUntil, boolean isComplete, Map<String, Integer> missed) {
        return new GapView(
                known.source(),
                isComplete ? "complete" : "behind",
                known.since(),
                completeUntil,
                known.lookedAt(),
                known.problem(),
                known.lostFrom(),
                known.lostUntil(),
                missed,
                null);
    }

    static GapView unknown(String source, String reason) {
        return new GapView(source, "unknown", null, null, null, null, null, null, null, reason);
    }
}
