package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A Koji task changed its state; the action is the new state, in lower case. */
public record KojiTaskEvent(String action, @Nullable String actor, Instant occurredAt, KojiWork build)
        implements Event {

    @Override
    public EventType type() {
        return EventType.KOJI_TASK;
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
