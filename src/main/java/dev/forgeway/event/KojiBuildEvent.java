package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Koji build changed its state; the action is the new state, in lower case.
 *
 * @param commit that of dist-git, where the source names it
 * @param project the package in dist-git, once it was looked up
 */
public record KojiBuildEvent(
        String action,
        @Nullable String actor,
        Instant occurredAt,
        KojiWork build,
        @Nullable String commit,
        @Nullable Project project)
        implements Event {

    /** Of which no more is known than was told. */
    public KojiBuildEvent(
            String action, @Nullable String actor, Instant occurredAt, KojiWork build, @Nullable String commit) {
        this(action, actor, occurredAt, build, commit, null);
    }

    /** The same event, with the place of the package in dist-git. */
    public KojiBuildEvent in(Project distGit) {
        return new KojiBuildEvent(action, actor, occurredAt, build, commit, distGit);
    }

    @Override
    public EventType type() {
        return EventType.KOJI_BUILD;
    }

    /** Dist-git is a Pagure. */
    @Override
    public @Nullable String forge() {
        return project == null ? null : "pagure";
    }

    @Override
    public @Nullable Installation installation() {
        return null;
    }
}
