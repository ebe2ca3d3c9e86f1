package dev.forgeway.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App was installed, removed or suspended ("created", "deleted", "suspended", "unsuspended"), or its
 * repositories changed ("repositories-added", "repositories-removed").
 *
 * @param host of the forge, which the account and the repositories belong to
 * @param repositories full names: all of them for "created" and "deleted", else what was added or removed
 */
public record InstallationEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Installation installation,
        String host,
        List<String> repositories)
        implements Event {

    /** The namespace of the account ({@code host/account}), or null for an installation that names none. */
    public @Nullable String accountKey() {
        return installation.account() == null ? null : host + "/" + installation.account();
    }

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
