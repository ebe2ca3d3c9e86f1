package dev.forgeway.store;

import dev.forgeway.forge.Check;
import dev.forgeway.forge.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody should see on a forge: a check of a commit, a comment, or a reaction to one.
 *
 * @param place the commit of a check; what is commented on, as {@link dev.forgeway.forge.Subject#place} writes it
 * @param name the name of the check; what the comment answers; the id of the comment that is reacted to
 * @param check the check, for a CHECK
 * @param comment the text, for a COMMENT; the name of the reaction, for a REACTION
 * @param generation when the delivery that asked for it was received; a later one takes the place over
 * @param jobId the job that it reports on, if any
 */
public record Wanted(
        Kind kind,
        String forge,
        Target target,
        String place,
        String name,
        @Nullable Check check,
        @Nullable String comment,
        Instant generation,
        String deliveryId,
        @Nullable String jobId) {

    /** The kinds of report. */
    public enum Kind {
        CHECK,
        COMMENT,
        REACTION
    }

    /** The same, wanted as late as now, so that it takes the place over from what the same delivery wanted before. */
    public Wanted anew() {
        return new Wanted(kind, forge, target, place, name, check, comment, Instant.now(), deliveryId, jobId);
    }

    /** The same for the same place on the same forge, so that only the newest state of a place exists. */
    public String id() {
        String key = String.join("\n", kind.name(), target.project().key(), place, name);
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
