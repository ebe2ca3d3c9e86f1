package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A static analysis of a build changed its state ("started", "finished"). */
public record ScanEvent(String action, @Nullable String actor, Instant occurredAt, Analysis scan) implements Event {

    @Override
    public EventType type() {
        return EventType.SCAN;
    }

    @Override
    public @Nullable String forge() {
        return null;
    }

    @Override
    public @Nullable Project project() {
        return null;
    }

    @Override
    public @Nullable String commit() {
        return null;
    }

    @Override
    public @Nullable Installation installation() {
        return null;
    }
}
