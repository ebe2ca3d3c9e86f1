package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.store.EventJson;
import dev.forgeway.testing.Examples;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The shares of the two priorities of deliveries and statuses, with the real routes on the queues of a real broker. */
class LowerConsumersTest {

    private static final int URGENT = 450;
    private static final int LESS_URGENT = 60;
    private static final int ROUNDS = 12;

    private final Rounds work = new Rounds();
    private EmbeddedBroker broker;
    private JmsPoolConnectionFactory connections;
    private DefaultCamelContext camel;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Settings settings = Examples.settings("data-dir", folder.toString());
        broker = new EmbeddedBroker(settings);
        broker.afterPropertiesSet();
        BrokerConfiguration configuration = new BrokerConfiguration();
        connections = configuration.internalConnections(
                (ActiveMQConnectionFactory) configuration.embeddedConnectionFactory(broker));
        camel = new DefaultCamelContext();
        camel.addComponent("jms", configuration.jms(connections));
        camel.getRegistry().bind("lowerConsumers", new LowerConsumers(settings));
        camel.getRegistry().bind("deliveryMessages", new DeliveryMessages(new EventJson()));
        camel.getRegistry().bind("is", new Answers());
        for (String step : List.of("storyLog", "heldWork", "intake", "eventParsers", "reporter")) {
            camel.getRegistry().bind(step, new Nothing());
        }
        property("forgeway.decide.concurrency", settings.decide().concurrency());
        property("forgeway.decide.burst-concurrency", settings.decide().burstConcurrency());
        property("forgeway.report.concurrency", settings.report().concurrency());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dispatch-jobs").process(work::take);
                from("direct:report-again").process(work::take);
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() throws Exception {
        work.releaseAll();
        camel.close();
        connections.stop();
        broker.destroy();
    }

    @Test
    void decidesWhatABusTellsWhileWebhooksComeWithoutEnd() throws Exception {
        load("ingest/ingest-enqueue");
        receive("github", URGENT);
        receive("fedora-messaging", LESS_URGENT);

        load("shared/delivery-decision");
        load("decide/decide-delivery");
        load("decide/decide-delivery-lower");
        work.play(ROUNDS, 24 + 3);

        movesBoth(6, 4);
    }

    @Test
    void showsWhatIsNewerWhileFirstStatusesComeWithoutEnd() throws Exception {
        wake(9, URGENT);
        wake(6, LESS_URGENT);

        load("shared/status-report");
        load("report/report-status");
        load("report/report-status-lower");
        work.play(ROUNDS, 16 + 2);

        movesBoth(9, 6);
    }

    private void movesBoth(int urgent, int lessUrgent) {
        assertThat(work.share(urgent)).isGreaterThan(0.75);
        assertThat(work.share(lessUrgent)).isGreaterThan(0.05);
        work.releaseAll();
        work.awaitTaken(URGENT + LESS_URGENT);
    }

    private void receive(String source, int count) {
        for (int i = 0; i < count; i++) {
            Delivery delivery = Delivery.asked(source, "key-" + i, "event", Examples.NOON, new byte[] {'{', '}'});
            send("direct:ingest-enqueue", new Receipt(Receipt.Status.ACCEPTED, delivery.id(), delivery));
        }
    }

    private void wake(int priority, int count) throws Exception {
        QueueMessages messages = new QueueMessages();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wake-" + priority).process(messages::write).to("jms:queue:statuses");
            }
        });
        for (int i = 0; i < count; i++) {
            send("direct:wake-" + priority, new QueueMessage("statuses", "place-" + i, priority));
        }
    }

    private void send(String to, Object body) {
        camel.createFluentProducerTemplate().to(to).withBody(body).send();
    }

    private void load(String file) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel)
                        .resolveResource("classpath:routes/" + file + ".camel.yaml"));
    }

    private void property(String name, int value) {
        camel.getPropertiesComponent().addInitialProperty(name, Integer.toString(value));
    }

    /** A delivery is decided as it comes; a report is to be sent. */
    public static final class Answers {

        public boolean open(Exchange exchange) {
            return false;
        }

        public boolean due(Exchange exchange) {
            return true;
        }
    }

    /** The other steps of the routes. */
    public static final class Nothing {

        public void open(Exchange exchange) {}

        public void checkSource(Exchange exchange) {}

        public void record(Exchange exchange) {}

        public void parse(Exchange exchange) {}

        public void claim(Exchange exchange) {}

        public void deliver(Exchange exchange) {}

        public void confirm(Exchange exchange) {}
    }
}
