package dev.forgeway.store;

import org.jspecify.annotations.Nullable;

/**
 * What the store knew about a delivery when it was recorded.
 *
 * @param duplicateOf the delivery that holds the key, for a DUPLICATE
 */
public record Recording(Kind kind, @Nullable String duplicateOf) {

    /** How the delivery relates to what was there. */
    public enum Kind {
        /** Nobody has seen this key, or its earlier holder failed. */
        NEW,
        /** The same copy again, after a crash or a failed attempt; nothing was decided yet. */
        RESUMED,
        /** The same copy again, after it was decided but before its messages were sent. */
        DECIDED,
        /** Another copy of a delivery that is in flight or succeeded. */
        DUPLICATE
    }
}
