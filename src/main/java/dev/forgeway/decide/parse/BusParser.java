package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.ingest.BusMessage;
import dev.forgeway.ingest.Delivery;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Messages of buses, by the end of their topic, whatever bus they came over. They come in three shapes: the message
 * alone, the message as {@code body} of a whole envelope (as <a
 * href="https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html">fedora-messaging</a>
 * writes one to a file) and as {@code msg} of one (as fedmsg had it); and one may lie in another.
 */
@Component
public class BusParser implements EventParser {

    private static final List<String> ENVELOPES = List.of("body", "msg");
    /** What Copr and Koji were asked for comes in the shape of their messages. */
    private static final List<String> ASKED = List.of("copr", "koji");

    private static final String FORGEJO = "forgejo.";

    @Override
    public String source() {
        return "amqp";
    }

    @Override
    public List<String> sources() {
        return Stream.concat(BusMessage.SOURCES.stream(), ASKED.stream()).toList();
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        Payload message = message(Payload.read(delivery.body()));
        String topic = delivery.eventName();
        int forgejo = topic.lastIndexOf(FORGEJO);
        if (forgejo >= 0) {
            return ForgejoParser.parse(topic.substring(forgejo + FORGEJO.length()), message, delivery);
        }
        return Stream.<BusFamily>of(
                        CoprMessages::parse,
                        KojiMessages::parse,
                        UpstreamMessages::parse,
                        AnalysisMessages::parse,
                        PagureMessages::parse)
                .flatMap(family -> family.parse(topic, message, delivery.receivedAt()).stream())
                .findFirst();
    }

    private static Payload message(Payload outermost) {
        Payload message = outermost;
        Optional<String> envelope = envelope(message);
        while (envelope.isPresent()) {
            message = message.at(envelope.get());
            envelope = envelope(message);
        }
        return message;
    }

    private static Optional<String> envelope(Payload message) {
        return ENVELOPES.stream().filter(message::hasObject).findFirst();
    }
}
