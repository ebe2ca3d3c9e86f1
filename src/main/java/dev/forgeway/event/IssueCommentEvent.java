package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A comment on an issue was created or edited ("created", "edited"). */
public record IssueCommentEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        Issue issue,
        Comment comment,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.ISSUE_COMMENT;
    }

    @Override
    public @Nullable String commit() {
        return null;
    }
}
