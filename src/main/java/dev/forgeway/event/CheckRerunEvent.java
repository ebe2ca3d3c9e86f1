package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person asked for a check to run again ("rerequested"). */
public record CheckRerunEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        String commit,
        CheckReference check,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.CHECK_RERUN;
    }
}
