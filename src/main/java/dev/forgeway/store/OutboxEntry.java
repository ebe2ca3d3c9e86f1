package dev.forgeway.store;

import dev.forgeway.forge.Check;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted at one place of a forge, and how far the forge is.
 *
 * @param place the commit of a check; what is commented on, as in {@link Wanted}
 * @param version counts the wishes for this place, from 1
 * @param externalId the forge's id, once a call told us
 * @param searchFirst an earlier call may have succeeded without our learning its id
 * @param sent the version that the forge shows, or that was given up; 0 for none
 * @param attempts failed calls since the last success
 * @param firstSentAt when the forge first showed something for this generation
 * @param lastSentAt when it last did
 */
public record OutboxEntry(
        String id,
        Wanted.Kind kind,
        String forge,
        Target target,
        String place,
        String name,
        @Nullable Check check,
        @Nullable String comment,
        Instant generation,
        String deliveryId,
        @Nullable String jobId,
        int version,
        @Nullable String externalId,
        boolean searchFirst,
        int sent,
        int attempts,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant firstSentAt,
        @Nullable Instant lastSentAt,
        List<Step> steps) {}
