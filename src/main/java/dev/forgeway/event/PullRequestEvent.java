package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pull request was opened, reopened or got new commits ("opened", "reopened", "synchronized"). */
public record PullRequestEvent(
        String action,
        String forge,
        String actor,
        Instant occurredAt,
        Project project,
        PullRequest pullRequest,
        String commit,
        @Nullable String commitBefore,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.PULL_REQUEST;
    }
}
