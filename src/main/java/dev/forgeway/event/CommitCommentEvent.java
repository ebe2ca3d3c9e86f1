package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comment on a commit was created.
 *
 * @param ref the whole ref of the branch or tag for which the comment asks for work ({@code refs/heads/main}); null where
 *     it asks for none
 * @param defaultBranch the project's default branch, where the sender names it; known only until the decision is stored
 */
public record CommitCommentEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        String commit,
        Comment comment,
        @Nullable Installation installation,
        @Nullable String ref,
        @Nullable String defaultBranch)
        implements Event {

    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    /** A comment of which no more is known. */
    public CommitCommentEvent(
            String action,
            String forge,
            @Nullable String actor,
            Instant occurredAt,
            Project project,
            String commit,
            Comment comment,
            @Nullable Installation installation) {
        this(action, forge, actor, occurredAt, project, commit, comment, installation, null, null);
    }

    /** The same event, for a branch. */
    public CommitCommentEvent onBranch(String name) {
        return on(BRANCHES + name);
    }

    /** The same event, for a tag. */
    public CommitCommentEvent onTag(String name) {
        return on(TAGS + name);
    }

    private CommitCommentEvent on(String wanted) {
        return new CommitCommentEvent(
                action, forge, actor, occurredAt, project, commit, comment, installation, wanted, defaultBranch);
    }

    /** The name of the branch; null for a tag. */
    public @Nullable String branch() {
        return ref != null && ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : null;
    }

    /** The name of the tag; null for a branch. */
    public @Nullable String tag() {
        return ref != null && ref.startsWith(TAGS) ? ref.substring(TAGS.length()) : null;
    }

    @Override
    public EventType type() {
        return EventType.COMMIT_COMMENT;
    }
}
