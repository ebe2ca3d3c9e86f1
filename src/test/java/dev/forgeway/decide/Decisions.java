package dev.forgeway.decide;

import dev.forgeway.event.Event;
import dev.forgeway.testing.Examples;
import java.util.UUID;

/** Decisions in the middle of the room. */
public final class Decisions {

    private Decisions() {}

    /** One whose event is parsed and about which nothing was decided. */
    public static Decision about(Event event) {
        Decision decision = new Decision(Examples.delivery(UUID.randomUUID().toString()));
        decision.event(event);
        return decision;
    }
}
