package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import java.time.Instant;
import java.util.Optional;

/** The messages of one system. */
@FunctionalInterface
interface BusFamily {

    /** @return empty for a topic of another system, and for a message that is none of the events of the vocabulary */
    Optional<Event> parse(String topic, Payload message, Instant receivedAt);
}
