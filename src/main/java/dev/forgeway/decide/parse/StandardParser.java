package dev.forgeway.decide.parse;

import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Events of any sender, kept under the type that the sender gives them. Those of Forgeway itself, which it forwards in this
 * form, are the events of the vocabulary.
 */
@Component
public class StandardParser implements EventParser {

    private final ForgewayEvents events;

    StandardParser(ForgewayEvents events) {
        this.events = events;
    }

    @Override
    public String source() {
        return "standard";
    }

    @Override
    public Reason unknown() {
        return Reason.NO_HANDLER;
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        Payload payload = Payload.read(delivery.body());
        String type = payload.text("type");
        return events.knows(type) ? Optional.of(events.read(type, payload.at("data"), "data")) : Optional.empty();
    }
}
