package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.testing.Examples;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real broker tells of the messages that it holds. */
class BrokerQueuedTest {

    private EmbeddedBroker broker;
    private Connection connection;
    private Session session;
    private AskedBroker asked;
    private BrokerQueued queued;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        broker = new EmbeddedBroker(Examples.settings("data-dir", folder.toString()));
        broker.afterPropertiesSet();
        ActiveMQConnectionFactory factory = new BrokerConfiguration().embeddedConnectionFactory(broker);
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession(true, Session.SESSION_TRANSACTED);
        asked = new AskedBroker(factory);
        queued = new BrokerQueued(asked);
    }

    @AfterEach
    void stop() throws Exception {
        asked.destroy();
        connection.close();
        broker.destroy();
    }

    @Test
    void tellsOfWhatWaitsNowOrForLaterAndOfWhatIsHeld() throws JMSException {
        send("jobs.help", Headers.JOB_ID, "waits", null);
        send("jobs.help", Headers.JOB_ID, "later", Instant.now().plus(Duration.ofHours(1)));
        send("deliveries", Headers.DELIVERY_ID, "d", null);
        send(HeldWork.QUEUE, Headers.JOB_ID, "held job", null);
        send(HeldWork.QUEUE, Headers.DELIVERY_ID, "held delivery", null);

        assertThat(queued.ids(Set.of("jobs.help", "deliveries", "statuses")))
                .isEqualTo(Map.of(
                        "jobs.help", Set.of("waits", "later", "held job", "held delivery"),
                        "deliveries", Set.of("d", "held job", "held delivery"),
                        "statuses", Set.of("held job", "held delivery")));
    }

    @Test
    void tellsOfWhatATransactionConsumesThatHasNotEnded() throws JMSException {
        send("statuses", Headers.REPORT, "r", null);
        assertThat(session.createConsumer(session.createQueue("statuses")).receive(10_000))
                .isNotNull();

        assertThat(queued.ids(Set.of("statuses"))).isEqualTo(Map.of("statuses", Set.of("r")));
        session.commit();
        assertThat(queued.ids(Set.of("statuses"))).isEqualTo(Map.of("statuses", Set.of()));
    }

    /** An earlier version put the id nowhere but into the text. */
    @Test
    void leavesAQueueOutWithAMessageThatDoesNotTellWhatItIsAbout() throws JMSException {
        send("jobs.help", Headers.SOURCE, "now", null);
        send("jobs.tests", Headers.SOURCE, "later", Instant.now().plus(Duration.ofHours(1)));

        assertThat(queued.ids(Set.of("jobs.help", "jobs.tests", "jobs.publish", "jobs.of-nobody")))
                .containsOnlyKeys("jobs.publish");
    }

    private void send(String queue, String header, String value, @Nullable Instant later) throws JMSException {
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        Message message = session.createTextMessage(value);
        message.setStringProperty(header, value);
        if (later != null) {
            message.setLongProperty(Headers.SCHEDULED, later.toEpochMilli());
        }
        producer.send(message);
        session.commit();
        // what came is counted a moment later
        broker.server().locateQueue(queue).flushExecutor();
    }
}
