package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A Koji build was tagged ("tagged"). */
public record KojiTagEvent(String action, @Nullable String actor, Instant occurredAt, KojiWork build, String tag)
        implements Event {

    @Override
    public EventType type() {
        return EventType.KOJI_TAG;
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
