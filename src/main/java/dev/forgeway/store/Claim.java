package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the wish to send an outbox entry.
 *
 * @param entry what to send, when CLAIMED
 * @param busyUntil when the other sender's lease ends, when BUSY
 */
public record Claim(
        Kind kind, @Nullable OutboxEntry entry, @Nullable Instant busyUntil) {

    /** Whether the entry is the caller's to send. */
    public enum Kind {
        CLAIMED,
        /** The forge shows it already, or there is no such entry. */
        UP_TO_DATE,
        /** Another sender is at it. */
        BUSY
    }
}
