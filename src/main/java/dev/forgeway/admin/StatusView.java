package dev.forgeway.admin;

import dev.forgeway.forge.Check;
import dev.forgeway.store.OutboxEntry;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted at one place of a forge, and whether people see it.
 *
 * @param shown whether the forge shows the newest state
 */
public record StatusView(
        String id,
        String kind,
        String name,
        String place,
        @Nullable String state,
        @Nullable String title,
        @Nullable String url,
        boolean shown,
        int attempts,
        @Nullable String lastError,
        @Nullable Instant firstShownAt,
        @Nullable String jobId) {

    static StatusView of(OutboxEntry entry) {
        Check check = entry.check();
        return new StatusView(
                entry.id(),
                entry.kind().name().toLowerCase(Locale.ROOT),
                entry.name(),
                entry.place(),
                check == null ? null : check.state().name().toLowerCase(Locale.ROOT),
                check == null ? null : check.title(),
                check == null ? null : check.detailsUrl(),
                entry.sent() >= entry.version() && entry.lastError() == null,
                entry.attempts(),
                entry.lastError(),
                entry.firstSentAt(),
                entry.jobId());
    }
}
