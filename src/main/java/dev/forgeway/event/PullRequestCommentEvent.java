package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A comment on a pull request was created or edited. The commit is known only after a look-up on most forges. */
public record PullRequestCommentEvent(
        String action,
        String forge,
        String actor,
        Instant occurredAt,
        Project project,
        PullRequest pullRequest,
        Comment comment,
        @Nullable String commit,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.PULL_REQUEST_COMMENT;
    }

    /** The same event, with what the forge said about the pull request. */
    public PullRequestCommentEvent on(PullRequest found, String headCommit) {
        return new PullRequestCommentEvent(
                action,
                forge,
                actor,
                occurredAt,
                project,
                found.orAsIn(pullRequest),
                comment,
                headCommit,
                installation);
    }
}
