package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A release was published. The commit is known only where the forge tells it. */
public record ReleaseEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        String tag,
        @Nullable String commit,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.RELEASE;
    }

    /** The same event, with the commit that the forge said is behind the tag. */
    public ReleaseEvent at(String tagged) {
        return new ReleaseEvent(action, forge, actor, occurredAt, project, tag, tagged, installation);
    }
}
