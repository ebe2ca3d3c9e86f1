package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An analysis of build logs has a result; the action is its state. */
public record LogAnalysisEvent(String action, @Nullable String actor, Instant occurredAt, Analysis analysis)
        implements Event {

    @Override
    public EventType type() {
        return EventType.LOG_ANALYSIS;
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
