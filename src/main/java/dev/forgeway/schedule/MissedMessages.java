package dev.forgeway.schedule;

import dev.forgeway.ingest.Receipt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a bus never came.
 *
 * @param until up to here the history was read; null when it could not be, or need not
 * @param receipts what it holds that somebody wants and nobody stored
 */
public record MissedMessages(@Nullable Instant until, List<Receipt> receipts) {

    static final MissedMessages NONE = new MissedMessages(null, List.of());
}
