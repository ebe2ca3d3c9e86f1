package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BusMessagesTest {

    private static final String NOON = "2025-03-01T12:00:00Z";
    private static final String TOPIC = "org.fedoraproject.prod.hotness.update.bug.file";

    private final BusMessages messages = new BusMessages(new BusPrefilter(Senders.settings()), Senders.at(NOON));

    @Test
    void keysAMessageByTheIdThatTheBusGives() {
        Delivery delivery = delivery("fedora-messaging", TOPIC, "4711", "{\"id\":\"another\"}");

        assertThat(delivery.key()).isEqualTo("4711");
        assertThat(delivery.source()).isEqualTo("fedora-messaging");
        assertThat(delivery.eventName()).isEqualTo(TOPIC);
        assertThat(delivery.receivedAt()).isEqualTo(Instant.parse(NOON));
        assertThat(delivery.isFromBus()).isTrue();
    }

    @Test
    void keysAMessageByTheIdOfItsEnvelope() {
        assertThat(delivery("mqtt", TOPIC, "", "{\"id\":\"4711\",\"body\":{}}").key())
                .isEqualTo("4711");
        assertThat(delivery("mqtt", TOPIC, "", "{\"msg_id\":\"2025-1\",\"msg\":{}}")
                        .key())
                .isEqualTo("2025-1");
    }

    @Test
    void keysAMessageWithoutAnyIdByItsTopicAndContent() {
        String key = delivery("mqtt", TOPIC, "", "{\"a\":1}").key();

        assertThat(key).startsWith("sha256:");
        assertThat(delivery("mqtt", TOPIC, "", "{\"a\":1}").key()).isEqualTo(key);
        assertThat(delivery("mqtt", TOPIC, "", "{\"a\":2}").key()).isNotEqualTo(key);
        assertThat(delivery("mqtt", "stg." + TOPIC, "", "{\"a\":1}").key()).isNotEqualTo(key);
    }

    @Test
    void givesCopiesOverTwoBusesOneKey() {
        assertThat(delivery("amqp", TOPIC, "4711", "{}").dedupKey())
                .isEqualTo(delivery("fedora-messaging", TOPIC, "4711", "{}").dedupKey());
    }

    @Test
    void takesTheTopicOfTheEnvelopeWhereTheBusGivesNone() {
        assertThat(delivery("amqp", "", "1", "{\"topic\":\"" + TOPIC + "\",\"body\":{}}")
                        .eventName())
                .isEqualTo(TOPIC);
    }

    @Test
    void writesTheTopicsOfMqttLikeThoseOfTheOthers() {
        assertThat(delivery("mqtt", "git.centos.org/pull-request.new", "", "{}").eventName())
                .isEqualTo("git.centos.org.pull-request.new");
    }

    @Test
    void letsAMessageWithoutTopicGoUnlessItCannotBeRead() {
        assertThat(receive("amqp", "", "1", "{\"a\":1}").accepted()).isFalse();
        assertThat(receive("amqp", "", "1", "no JSON").accepted()).isTrue();
        assertThat(receive("amqp", "", "1", "{} {}").accepted()).isTrue();
        assertThat(receive("amqp", "", "1", "").accepted()).isTrue();
    }

    @Test
    void survivesEveryDepth() {
        String deep = "{\"body\":".repeat(5000);

        assertThat(receive("amqp", "copr.build.end", "1", deep).accepted()).isTrue();
    }

    private Delivery delivery(String source, String topic, String id, String body) {
        return Senders.delivery(receive(source, topic, id, body));
    }

    private Receipt receive(String source, String topic, String id, String body) {
        return messages.receive(new BusMessage(source, topic, id, body.getBytes(StandardCharsets.UTF_8)));
    }
}
