package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Upstream released new versions of a package. */
public record NewUpstreamVersionEvent(
        String action, @Nullable String actor, Instant occurredAt, UpstreamPackage pkg) implements Event {

    @Override
    public EventType type() {
        return EventType.NEW_UPSTREAM_VERSION;
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
