package dev.forgeway.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a project or a namespace.
 *
 * @param key {@code host/namespace} or {@code host/namespace/name}
 * @param status "approved-automatically", "approved-manually", "waiting" or "denied"
 */
public record AllowlistEntry(
        String key, String status, @Nullable String note, Instant changedAt) {}
