package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A flag of a pull request was added or updated ("added", "updated"). */
public record PullRequestFlagEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        PullRequest pullRequest,
        @Nullable String commit,
        Flag flag)
        implements Event {

    @Override
    public EventType type() {
        return EventType.PULL_REQUEST_FLAG;
    }

    @Override
    public @Nullable Installation installation() {
        return null;
    }
}
