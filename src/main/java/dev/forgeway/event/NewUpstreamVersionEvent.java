package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Upstream released new versions of a package.
 *
 * @param project the package in dist-git, once it was looked up
 */
public record NewUpstreamVersionEvent(
        String action,
        @Nullable String actor,
        Instant occurredAt,
        UpstreamPackage pkg,
        @Nullable Project project) implements Event {

    /** Of which no more is known than was told. */
    public NewUpstreamVersionEvent(String action, @Nullable String actor, Instant occurredAt, UpstreamPackage pkg) {
        this(action, actor, occurredAt, pkg, null);
    }

    /** The same event, with the place of the package in dist-git. */
    public NewUpstreamVersionEvent in(Project distGit) {
        return new NewUpstreamVersionEvent(action, actor, occurredAt, pkg, distGit);
    }

    @Override
    public EventType type() {
        return EventType.NEW_UPSTREAM_VERSION;
    }

    /** Dist-git is a Pagure. */
    @Override
    public @Nullable String forge() {
        return project == null ? null : "pagure";
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
