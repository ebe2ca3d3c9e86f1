package dev.forgeway.decide.parse;

import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * CloudEvents of any sender, kept under their type. Those of Forgeway itself are the events of the vocabulary. The attributes that each must have
 * (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#required-attributes">required
 * attributes</a>) are in the body in structured mode, else in the headers.
 */
@Component
public class CloudEventsParser implements EventParser {

    private static final List<String> REQUIRED = List.of("id", "source", "type");

    private final ForgewayEvents events;

    CloudEventsParser(ForgewayEvents events) {
        this.events = events;
    }

    @Override
    public String source() {
        return "cloudevents";
    }

    @Override
    public Reason unknown() {
        return Reason.NO_HANDLER;
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        boolean binary = delivery.headers().containsKey("ce-specversion");
        return binary ? inHeaders(delivery) : inBody(Payload.read(delivery.body()));
    }

    private Optional<Event> inHeaders(Delivery delivery) {
        for (String attribute : REQUIRED) {
            if (delivery.headers().getOrDefault("ce-" + attribute, "").isEmpty()) {
                throw Payload.missing("ce-" + attribute);
            }
        }
        String type = delivery.headers().getOrDefault("ce-type", "");
        return events.knows(type)
                ? Optional.of(events.read(type, Payload.read(delivery.body()), ""))
                : Optional.empty();
    }

    private Optional<Event> inBody(Payload payload) {
        REQUIRED.forEach(payload::text);
        String type = payload.text("type");
        return events.knows(type) ? Optional.of(events.read(type, payload.at("data"), "data")) : Optional.empty();
    }
}
