package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Koji build was tagged ("tagged").
 *
 * @param project the package in dist-git that is to do something about it, once it was looked up
 * @param branch the branch of dist-git that the tag is for, once it was looked up
 * @param group the group of packages that the tag is for, once it was looked up
 * @param commit the newest one of the branch, once it was looked up
 */
public record KojiTagEvent(
        String action,
        @Nullable String actor,
        Instant occurredAt,
        KojiWork build,
        String tag,
        @Nullable Project project,
        @Nullable String branch,
        @Nullable String group,
        @Nullable String commit)
        implements Event {

    /** Of which no more is known than was told. */
    public KojiTagEvent(String action, @Nullable String actor, Instant occurredAt, KojiWork build, String tag) {
        this(action, actor, occurredAt, build, tag, null, null, null, null);
    }

    /** The same event, in the side tag of a group. */
    public KojiTagEvent of(String ofGroup, String ofBranch) {
        return new KojiTagEvent(action, actor, occurredAt, build, tag, project, ofBranch, ofGroup, commit);
    }

    /** The same event, as it concerns a package. */
    public KojiTagEvent in(Project distGit) {
        return new KojiTagEvent(action, actor, occurredAt, build, tag, distGit, branch, group, commit);
    }

    /** The same event, as it concerns what is on a branch now. */
    public KojiTagEvent on(String ofBranch, String head) {
        return new KojiTagEvent(action, actor, occurredAt, build, tag, project, ofBranch, group, head);
    }

    @Override
    public EventType type() {
        return EventType.KOJI_TAG;
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
