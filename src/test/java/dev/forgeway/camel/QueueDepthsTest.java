package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.admin.QueueView;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.BrokerMetrics;
import dev.forgeway.metrics.QueueMetrics;
import dev.forgeway.testing.Examples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real broker tells of its queues. */
class QueueDepthsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private EmbeddedBroker broker;
    private AskedBroker asked;
    private QueueDepths depths;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Settings settings = Examples.settings("data-dir", folder.toString());
        broker = new EmbeddedBroker(settings);
        broker.afterPropertiesSet();
        asked = new AskedBroker(new BrokerConfiguration().embeddedConnectionFactory(broker));
        depths = new QueueDepths(asked, new QueueMetrics(meters), new BrokerMetrics(meters));
    }

    @AfterEach
    void stop() throws Exception {
        asked.destroy();
        broker.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs.help", "deliveries", "statuses"})
    void tellsTheOldestThatWaitsWhateverItsPriority(String queue) throws Exception {
        send(queue, 3, Duration.ofHours(2), null);
        send(queue, 9, Duration.ofMinutes(1), null);
        send(queue, 5, Duration.ofHours(9), Instant.now().plus(Duration.ofHours(1)));

        assertThat(told(queue).oldestSeconds()).isBetween(7200.0, 7300.0);

        send(queue, 6, Duration.ofHours(3), null);
        assertThat(told(queue).oldestSeconds()).isBetween(10800.0, 10900.0);
        assertThat(told(queue).priorities()).containsEntry("3", 1L).containsEntry("6", 1L);
        assertThat(gauge("messages", queue)).isEqualTo(4);
        assertThat(gauge("scheduled", queue)).isEqualTo(1);
        assertThat(gauge("oldest", queue)).isBetween(10800.0, 10900.0);
    }

    private QueueView told(String queue) throws JMSException {
        depths.sample();
        return depths.all().stream()
                .filter(view -> view.name().equals(queue))
                .findFirst()
                .orElseThrow();
    }

    private double gauge(String name, String queue) {
        return meters.get("forgeway.queue." + name).tag("queue", queue).gauge().value();
    }

    /** A message that was sent so long ago, and waits for a time to come where there is one. */
    private void send(String queue, int priority, Duration age, @Nullable Instant due) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession()) {
            ClientMessage message = session.createMessage(
                    ClientMessage.TEXT_TYPE, true, 0, Instant.now().minus(age).toEpochMilli(), (byte) priority);
            message.putStringProperty(Headers.PRIORITY_GIVEN, Integer.toString(priority));
            message.getBodyBuffer().writeNullableSimpleString(SimpleString.of("an id"));
            if (due != null) {
                message.putLongProperty(Message.HDR_SCHEDULED_DELIVERY_TIME, due.toEpochMilli());
            }
            session.createProducer(queue).send(message);
        }
        // what came is counted by priority a moment later
        broker.server().locateQueue(queue).flushExecutor();
    }
}
