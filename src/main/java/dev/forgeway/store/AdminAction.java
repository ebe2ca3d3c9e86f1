package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person did about one delivery, job or status that was given up.
 *
 * @param action "redrive", "discard" or "replay"
 * @param subject the id of the delivery, job or dead letter
 * @param successor the delivery that came of it
 * @param by who it was, as they say
 */
public record AdminAction(
        String action,
        String subject,
        @Nullable String successor,
        String by,
        @Nullable String note,
        Instant at) {}
