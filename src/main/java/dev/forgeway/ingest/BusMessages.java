package dev.forgeway.ingest;

import dev.forgeway.metrics.StepLog;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Messages of all buses. Most of what a bus tells is of no concern to us; that is let go here, before anything of it is
 * stored.
 *
 * <p>A message is keyed by its id, which is the same on every bus that it goes over: AMQP's {@code message-id}, which <a
 * href="https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html">fedora-messaging</a>
 * sets to a UUID, or the {@code id} or {@code msg_id} of a whole envelope; without any, by its topic and content.
 */
@Component
public class BusMessages {

    private static final Logger LOG = LoggerFactory.getLogger(BusMessages.class);
    private static final String FORGEJO = "forgejo.";
    private static final Set<String> ENVELOPE = Set.of("topic", "id", "msg_id");

    private final BusPrefilter prefilter;
    private final Clock clock;

    public BusMessages(BusPrefilter prefilter, Clock clock) {
        this.prefilter = prefilter;
        this.clock = clock;
    }

    /** A topic that the bus does not give is the one that the message names itself. */
    public Receipt receive(BusMessage message) {
        String id = DeliveryId.at(clock.instant());
        Map<String, String> envelope = envelope(message);
        String topic = message.topic().isEmpty() ? envelope.getOrDefault("topic", "") : message.topic();
        String name = topic.replace('/', '.');
        if (!wanted(name, message.body())) {
            return new Receipt(Receipt.Status.IGNORED, id, null);
        }
        StepLog.note("accepted", name);
        return new Receipt(
                Receipt.Status.ACCEPTED,
                id,
                new Delivery(
                        id,
                        message.source(),
                        key(message, envelope, topic),
                        name,
                        clock.instant(),
                        fingerprint(name, message.body()),
                        message.body(),
                        StepLog.steps()));
    }

    /**
     * What names no topic at all is of no concern; unless it is no JSON object: then nobody can tell. Whatever a message
     * holds, it must not keep the others from coming: one that the filter cannot judge goes on.
     */
    private boolean wanted(String topic, byte[] body) {
        try {
            return topic.isEmpty() ? MessagePeek.values(body, Set.of()).isEmpty() : prefilter.wants(topic, body);
        } catch (RuntimeException e) {
            LOG.error("The filter cannot judge a message of topic {}", topic, e);
            return true;
        }
    }

    /** What webhook-to-fedora-messaging (https://github.com/fedora-infra/webhook-to-fedora-messaging) repeats. */
    private static Map<String, String> fingerprint(String topic, byte[] body) {
        int forgejo = topic.lastIndexOf(FORGEJO);
        return forgejo < 0
                ? Map.of()
                : ForgejoWebhook.fingerprint(
                        topic.substring(forgejo + FORGEJO.length()), ContentDigest.ofMessage(body));
    }

    private static Map<String, String> envelope(BusMessage message) {
        return message.topic().isEmpty() || message.messageId().isEmpty()
                ? PayloadPeek.strings(message.body(), ENVELOPE)
                : Map.of();
    }

    private static String key(BusMessage message, Map<String, String> envelope, String topic) {
        if (!message.messageId().isEmpty()) {
            return message.messageId();
        }
        return Optional.ofNullable(envelope.get("id"))
                .or(() -> Optional.ofNullable(envelope.get("msg_id")))
                .orElseGet(
                        () -> "sha256:" + Sha256.hex((topic + '\n').getBytes(StandardCharsets.UTF_8), message.body()));
    }
}
