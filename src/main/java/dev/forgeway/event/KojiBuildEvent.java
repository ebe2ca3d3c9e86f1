package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A Koji build changed its state; the action is the new state, in lower case. The commit is that of dist-git, where the source names it. */
public record KojiBuildEvent(
        String action,
        @Nullable String actor,
        Instant occurredAt,
        KojiWork build,
        @Nullable String commit) implements Event {

    @Override
    public EventType type() {
        return EventType.KOJI_BUILD;
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
    public @Nullable Installation installation() {
        return null;
    }
}
