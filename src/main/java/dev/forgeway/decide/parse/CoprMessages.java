package dev.forgeway.decide.parse;

import dev.forgeway.event.Build;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.event.Event;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copr's messages, as its <a href="https://pypi.org/project/copr-messaging/">message schema</a> defines them. */
final class CoprMessages {

    private CoprMessages() {}

    static Optional<Event> parse(String topic, Payload message, Instant receivedAt) {
        if (topic.endsWith("copr.build.start")) {
            return Optional.of(build(message, receivedAt, "started", null));
        }
        if (topic.endsWith("copr.build.end")) {
            return Optional.of(build(message, receivedAt, "ended", result(message.number("status"))));
        }
        return Optional.empty();
    }

    private static Event build(Payload message, Instant receivedAt, String state, @Nullable String result) {
        return new CoprBuildEvent(
                state,
                message.textOrNull("user"),
                receivedAt,
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
