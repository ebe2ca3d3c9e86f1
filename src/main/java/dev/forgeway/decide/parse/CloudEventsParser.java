package dev.forgeway.decide.parse;

import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * CloudEvents of any sender, kept under their type; none is one of the vocabulary. The attributes that each must have
 * (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#required-attributes">required
 * attributes</a>) are in the body in structured mode, else in the headers.
 */
@Component
public class CloudEventsParser implements EventParser {

    private static final List<String> REQUIRED = List.of("id", "source", "type");

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
        Payload payload = binary ? null : Payload.read(delivery.body());
        for (String attribute : REQUIRED) {
            if (payload != null) {
                payload.text(attribute);
            } else if (delivery.headers().getOrDefault("ce-" + attribute, "").isEmpty()) {
                throw Payload.missing("ce-" + attribute);
            }
        }
        return Optional.empty();
    }
}
