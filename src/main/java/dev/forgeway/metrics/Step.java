package dev.forgeway.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step in the story of a delivery.
 *
 * @param micros how long it took
 * @param result one word ("pass", "new", "found", "200")
 */
public record Step(
        String route,
        String node,
        Instant at,
        long micros,
        @Nullable String result,
        @Nullable String detail) {}
