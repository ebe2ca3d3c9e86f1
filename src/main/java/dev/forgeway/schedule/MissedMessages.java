package dev.forgeway.schedule;

import dev.forgeway.ingest.Receipt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a source never came.
 *
 * @param source its name
 * @param until up to here the history was read; null when it could not be, or need not
 * @param receipts what it holds that somebody wants and nobody stored
 */
public record MissedMessages(String source, @Nullable Instant until, List<Receipt> receipts) {

    static MissedMessages none(String source) {
        return new MissedMessages(source, null, List.of());
    }
}
