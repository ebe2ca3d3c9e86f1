package dev.forgeway.ingest;

import dev.forgeway.config.Settings;
import dev.forgeway.metrics.StepLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Messages of the Fedora bus. Most of what a bus tells is about other people's builds; those are let go here, by the
 * topic and the owner, before anything of them is stored.
 */
@Component
public class BusMessages {

    public static final String SOURCE = "amqp";

    private static final List<String> WANTED = List.of("copr.build.start", "copr.build.end");

    private final @Nullable String owner;
    private final Clock clock;

    public BusMessages(Settings settings, Clock clock) {
        this.owner = settings.service().copr().owner();
        this.clock = clock;
    }

    /**
     * @param topic the topic of the message; where the bus gives none, the one that the message names itself
     * @param messageId the sender's id of the message, the same when it is delivered again
     */
    public Receipt receive(String topic, String messageId, byte[] body) {
        String id = DeliveryId.at(clock.instant());
        String name =
                topic.isEmpty() ? PayloadPeek.topLevelString(body, "topic").orElse("") : topic;
        if (WANTED.stream().noneMatch(name::endsWith) || someoneElses(body)) {
            return new Receipt(Receipt.Status.IGNORED, id, null);
        }
        String key = messageId.isEmpty() ? "sha256:" + Sha256.hex(body) : messageId;
        StepLog.note("accepted", name);
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(id, SOURCE, key, name, clock.instant(), Map.of(), body, StepLog.steps()));
    }

    private boolean someoneElses(byte[] body) {
        return PayloadPeek.topLevelString(body, "owner")
                .map(other -> !other.equals(owner))
                .orElse(false);
    }
}
