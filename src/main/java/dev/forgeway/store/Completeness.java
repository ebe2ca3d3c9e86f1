package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the gaps of a source.
 *
 * @param since from here on nothing is missing for good
 * @param until up to here the source was asked what it sent
 * @param lookedAt when it was asked last, with or without an answer
 * @param problem why there was no answer
 * @param isSwitchedOff whether the source was found to send nothing since it was asked what it sent
 * @param lostFrom the beginning of the last time whose deliveries can no longer be had
 * @param lostUntil its end
 */
public record Completeness(
        String source,
        Instant since,
        Instant until,
        Instant lookedAt,
        @Nullable String problem,
        boolean isSwitchedOff,
        @Nullable Instant lostFrom,
        @Nullable Instant lostUntil) {}
