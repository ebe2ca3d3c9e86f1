package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person did about a delivery, a job, a dead letter, a pause, a process or an entry of the allowlist, or the schedule
 * about a dead letter.
 *
 * @param action "redrive", "discard", "replay", "pause", "resume", "drain", "end-drain" or "allowlist"
 * @param subject the id of the delivery, job or dead letter, or what else it was, for example "handler copr-build"
 * @param successor the delivery that came of it
 * @param by who it was, as they say; {@value #SCHEDULE} for what came again by itself
 */
public record AdminAction(
        String action,
        String subject,
        @Nullable String successor,
        String by,
        @Nullable String note,
        Instant at) {

    public static final String SCHEDULE = "schedule";
}
