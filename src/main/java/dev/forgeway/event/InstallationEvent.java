package dev.forgeway.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App was installed, removed or suspended ("created", "deleted", "suspended", "unsuspended"), or its
 * repositories changed ("repositories-added", "repositories-removed"); the repositories are full names.
 */
public record InstallationEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Installation installation,
        List<String> repositories)
        implements Event {

    @Override
    public EventType type() {
        return EventType.INSTALLATION;
    }

    @Override
    public @Nullable String commit() {
        return null;
    }

    @Override
    public @Nullable Project project() {
        return null;
    }
}
