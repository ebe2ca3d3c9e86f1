package dev.forgeway.decide.parse;

import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Events of any sender, kept under the type that the sender gives them. None is one of the vocabulary. */
@Component
public class StandardParser implements EventParser {

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
        payload.text("type");
        return Optional.empty();
    }
}
