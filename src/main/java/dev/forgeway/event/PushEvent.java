package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A branch or tag moved ("pushed"), began ("created") or ended ("deleted").
 *
 * @param ref the whole ref ({@code refs/heads/main})
 * @param commit where it is now; null where it ended
 */
public record PushEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        String ref,
        @Nullable String commit,
        @Nullable String commitBefore,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.PUSH;
    }
}
