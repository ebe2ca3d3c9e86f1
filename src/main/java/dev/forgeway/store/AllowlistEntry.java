package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a project, a namespace or a whole forge.
 *
 * @param key {@code host}, {@code host/namespace} or {@code host/namespace/name}
 * @param status "approved-automatically", "approved-manually", "waiting" or "denied"
 */
public record AllowlistEntry(
        String key, String status, @Nullable String note, Instant changedAt) {

    /** What a record of a change begins with, before the key ({@link AdminAction#subject}). */
    public static final String PREFIX = "allowlist ";
}
