package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Testing Farm has news of a request; what they are is asked for later, because the notification is not to be trusted.
 */
public record TestingFarmResultEvent(
        String action, @Nullable String actor, Instant occurredAt, TestRun test) implements Event {

    @Override
    public EventType type() {
        return EventType.TESTING_FARM_RESULT;
    }

    @Override
    public @Nullable String forge() {
        return null;
    }

    @Override
    public @Nullable Project project() {
        return null;
    }

    @Override
    public @Nullable String commit() {
        return null;
    }

    @Override
    public @Nullable Installation installation() {
        return null;
    }
}
