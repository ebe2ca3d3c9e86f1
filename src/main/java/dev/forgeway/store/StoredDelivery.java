package dev.forgeway.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.Reason;
import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery and what became of it.
 *
 * @param key the sender's own key, equal for copies of one delivery
 * @param duplicateOf the delivery that this one is a copy of
 * @param event the event in the JSON of the API, once it is parsed
 * @param decidedAt when the outcome was stored; null while it is queued
 */
public record StoredDelivery(
        String id,
        String source,
        String key,
        String eventName,
        Instant receivedAt,
        Outcome outcome,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable String duplicateOf,
        @Nullable JsonNode event,
        List<Step> steps,
        @Nullable Instant decidedAt) {}
