package dev.forgeway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An image of a virtual machine that is built came to another state, which is the action. */
public record VmImageEvent(String action, @Nullable String actor, Instant occurredAt, VmImage image) implements Event {

    @Override
    public EventType type() {
        return EventType.VM_IMAGE;
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
