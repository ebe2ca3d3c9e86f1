package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Copr started or ended the build of one chroot ("started", "ended"). */
public record CoprBuildEvent(String action, @Nullable String actor, Instant occurredAt, Build build) implements Event {

    @Override
    public EventType type() {
        return EventType.COPR_BUILD;
    }

    @Override
    public @Nullable String forge() {
        return null;
    }

    @Override
    public @Nullable Installation installation() {
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
}
