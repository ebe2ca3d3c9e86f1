package dev.forgeway.decide.parse;

import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import java.util.List;
import java.util.Optional;

/** Understands the payloads of one sender. Tolerant of what it does not know, strict about what it needs. */
public interface EventParser {

    /** The source whose deliveries it understands ("github"). */
    String source();

    /** All sources whose deliveries it understands, where several carry the same messages. */
    default List<String> sources() {
        return List.of(source());
    }

    /** Why a payload that is none of the events of the vocabulary goes no further. */
    default Reason unknown() {
        return Reason.EVENT_NOT_WANTED;
    }

    /**
     * @return empty for an authentic payload that is none of the events of the vocabulary
     * @throws dev.forgeway.error.RejectedException when it is no JSON, or a needed field is missing
     */
    Optional<Event> parse(Delivery delivery);
}
