package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A comment on a commit was created. */
public record CommitCommentEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        String commit,
        Comment comment,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.COMMIT_COMMENT;
    }
}
