package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The forge's own CI changed its state; the action is the forge's word for it. */
public record PipelineEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        @Nullable String commit,
        @Nullable String ref,
        Pipeline pipeline,
        @Nullable Installation installation)
        implements Event {

    @Override
    public EventType type() {
        return EventType.PIPELINE;
    }
}
