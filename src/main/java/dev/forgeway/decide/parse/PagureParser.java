package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Pagure's webhooks: the message is the field {@code msg} of the body, its topic is the event's name. */
@Component
public class PagureParser implements EventParser {

    @Override
    public String source() {
        return "pagure";
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        Payload body = Payload.read(delivery.body());
        if (delivery.eventName().isEmpty()) {
            throw Payload.missing("topic");
        }
        Payload msg = body.at("msg");
        return PagureMessages.parse(delivery.eventName(), msg, delivery.receivedAt());
    }
}
