package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.config.Settings;
import dev.forgeway.store.Pause;
import dev.forgeway.store.Pauses;
import dev.forgeway.testing.Examples;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The shares of the priorities, with the real consumers of a real broker. */
class JobConsumersTest {

    private static final String QUEUE = "jobs.help";
    private static final int CONSUMERS = 8;

    private final Rounds work = new Rounds();
    private final List<Pause> paused = new CopyOnWriteArrayList<>();
    private final Pauses pauses = new Pauses(() -> paused);
    private Settings settings;
    private EmbeddedBroker broker;
    private JmsPoolConnectionFactory connections;
    private DefaultCamelContext camel;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        settings = Examples.settings("data-dir", folder.toString());
        broker = new EmbeddedBroker(settings);
        broker.afterPropertiesSet();
        BrokerConfiguration configuration = new BrokerConfiguration();
        connections = configuration.internalConnections(
                (ActiveMQConnectionFactory) configuration.embeddedConnectionFactory(broker));
        camel = new DefaultCamelContext();
        camel.addComponent("jms", configuration.jms(connections));
        camel.getRegistry().bind("jobConsumers", new JobConsumers(settings, pauses));
    }

    @AfterEach
    void stop() throws Exception {
        work.releaseAll();
        camel.close();
        connections.stop();
        broker.destroy();
    }

    @ParameterizedTest
    @CsvSource({"9, 0", "9, 5", "9, 8", "6, 5", "3, 2", "1, 0"})
    void movesTheLowestPriorityUnderConstantHighLoad(int high, int lowest) throws Exception {
        send(Map.of(high, 1000, lowest, 200));
        consume();

        work.play(50, CONSUMERS + 1);

        assertThat(work.share(high)).isBetween(0.5, 0.95);
        assertThat(work.share(lowest)).isGreaterThanOrEqualTo(0.05);
    }

    @Test
    void movesEveryPriorityWhereAllHaveMuchToDoAndTheLowestMost() throws Exception {
        send(IntStream.rangeClosed(0, 9).boxed().collect(Collectors.toMap(Function.identity(), priority -> 800)));
        consume();

        work.play(60, CONSUMERS + 1);

        assertThat(work.share(0)).isGreaterThanOrEqualTo(0.05);
        for (int priority = 1; priority < 9; priority++) {
            assertThat(work.taken()).as("priority " + priority).contains(priority);
        }
    }

    @Test
    void takesTheMostUrgentFirstAsSoonAsAConsumerIsFree() throws Exception {
        send(Map.of(4, 100));
        consume();
        work.awaitBusy(CONSUMERS + 1);

        send(Map.of(9, 1));
        work.release(2 * CONSUMERS + 2);

        work.awaitTaken(2 * CONSUMERS + 2);
        assertThat(work.taken()).startsWith(4).contains(9);
        assertThat(work.taken().indexOf(9)).as("behind those who were busy").isLessThanOrEqualTo(2 * CONSUMERS + 2);
    }

    @Test
    void asksForMoreConsumersWhereAHandlerHasItsOwnNumber() throws Exception {
        settings = Examples.settings("handle.concurrency.[help]", "20");
        camel.getRegistry().bind("jobConsumers", new JobConsumers(settings, pauses));
        send(Map.of(4, 100));

        consume();

        work.awaitBusy(22);
    }

    @Test
    void takesNothingWhileItsHandlerIsPaused() throws Exception {
        paused.add(new Pause(Pause.Kind.HANDLER, "help", Instant.now(), "ada", null));
        pauses.look();
        send(Map.of(4, 30, 9, 1));
        consume();
        consume("koji-build");
        send("jobs.koji-build", Map.of(1, 3));
        work.awaitBusy(3);
        work.release(3);
        work.awaitTaken(3);
        assertThat(work.taken()).as("jobs of the other handler only").containsOnly(1);

        paused.clear();
        pauses.look();

        work.awaitBusy(CONSUMERS + 1);
        paused.add(new Pause(Pause.Kind.HANDLER, "help", Instant.now(), "ada", null));
        pauses.look();
        work.release(1_000);
        work.awaitTaken(3 + CONSUMERS + 1);
        await("what ran is finished, what waited waits").until(() -> waiting() == 31 - CONSUMERS - 1);
        assertThat(work.taken()).contains(9);
        paused.clear();
        pauses.look();
        work.awaitTaken(3 + 31);
    }

    private long waiting() {
        return broker.server().locateQueue(QUEUE).getMessageCount();
    }

    private void consume() throws Exception {
        consume("help");
    }

    private void consume(String handler) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:jobs." + handler + "?concurrentConsumers=" + CONSUMERS
                                + "&consumerType=Custom&messageListenerContainerFactory=#jobConsumers")
                        .routeId("handle-" + handler)
                        .process(work::take);
            }
        });
        camel.start();
    }

    private void send(Map<Integer, Integer> countsByPriority) throws Exception {
        send(QUEUE, countsByPriority);
    }

    private void send(String queue, Map<Integer, Integer> countsByPriority) throws Exception {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            for (var counts : countsByPriority.entrySet()) {
                for (int i = 0; i < counts.getValue(); i++) {
                    Message message = session.createTextMessage("job");
                    producer.send(message, DeliveryMode.PERSISTENT, counts.getKey(), 0);
                }
            }
            session.commit();
        }
    }
}
