package dev.forgeway.decide.parse;

import dev.forgeway.event.Build;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Messages of the Fedora bus, by topic. Copr's are described by its
 * <a href="https://pypi.org/project/copr-messaging/">message schema</a>: flat, or as the body of a whole envelope.
 */
@Component
public class BusParser implements EventParser {

    @Override
    public String source() {
        return "amqp";
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        Payload message = body(Payload.read(delivery.body()));
        String topic = delivery.eventName();
        if (topic.endsWith("copr.build.start")) {
            return Optional.of(coprBuild(message, delivery, "started", null));
        }
        if (topic.endsWith("copr.build.end")) {
            return Optional.of(coprBuild(message, delivery, "ended", result(message.number("status"))));
        }
        return Optional.empty();
    }

    private static Payload body(Payload message) {
        for (String nested : new String[] {"body", "msg"}) {
            if (message.has(nested)) {
                return body(message.at(nested));
            }
        }
        return message;
    }

    private static CoprBuildEvent coprBuild(Payload message, Delivery delivery, String state, @Nullable String result) {
        return new CoprBuildEvent(
                state,
                message.textOrNull("user"),
                delivery.receivedAt(),
                new Build(
                        "copr",
                        Long.toString(message.number("build")),
                        message.text("chroot"),
                        state,
                        result,
                        message.text("owner"),
                        message.text("copr"),
                        message.textOrNull("pkg")));
    }

    /** Copr's numbers: 1 is a success, 2 was canceled; whatever else a build ends with is a failure. */
    private static String result(long status) {
        if (status == 1) {
            return "succeeded";
        }
        return status == 2 ? "canceled" : "failed";
    }
}
