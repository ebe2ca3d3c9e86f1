package dev.forgeway.camel;

import com.rabbitmq.client.ConnectionFactory;
import dev.forgeway.bus.BusClients;
import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The route that takes the messages of Fedora Messaging; without a URL it is seen but does not run.
 *
 * <p>Camel's component consumes; the queue and its bindings are declared beside it, with spring-rabbit, on every new
 * connection: the component would declare the exchange too, which a client may not on Fedora's broker, and it knows one
 * binding only. See <a href="https://fedora-messaging.readthedocs.io/en/stable/user-guide/configuration.html">the
 * configuration of fedora-messaging</a>, whose keys are these.
 */
@Configuration(proxyBeanMethods = false)
class FedoraMessagingSource implements CamelContextConfiguration {

    static final String ROUTE = "ingest-fedora-messaging";

    private final IngestSettings.FedoraMessaging settings;

    FedoraMessagingSource(Settings settings) {
        this.settings = settings.ingest().fedoraMessaging();
    }

    /** What the bus is reached with; a connection is made only when the route starts. */
    @Bean(destroyMethod = "destroy")
    CachingConnectionFactory fedoraMessagingConnections() {
        ConnectionFactory client = BusClients.fedoraMessaging(settings);
        client.setClientProperties(Map.of("app", "Forgeway"));
        return new CachingConnectionFactory(client);
    }

    /** Declares our queue and its bindings whenever there is a new connection. */
    @Bean
    RabbitAdmin fedoraMessagingAdmin(CachingConnectionFactory fedoraMessagingConnections) {
        return new RabbitAdmin(fedoraMessagingConnections);
    }

    /** Durable, neither exclusive nor deleted by itself: what comes while we are away waits there. */
    @Bean
    Declarables fedoraMessagingQueue() {
        if (!settings.isOn()) {
            return new Declarables();
        }
        Queue queue = new Queue(Objects.requireNonNull(settings.queue()), true, false, false);
        List<Declarable> all = new ArrayList<>(List.of(queue));
        for (String topic : settings.topics()) {
            all.add(new Binding(queue.getName(), Binding.DestinationType.QUEUE, settings.exchange(), topic, Map.of()));
        }
        return new Declarables(all);
    }

    /** The component behind {@code fedora-messaging:}. */
    @Bean("fedora-messaging")
    SpringRabbitMQComponent fedoraMessaging(
            CachingConnectionFactory fedoraMessagingConnections,
            RabbitAdmin fedoraMessagingAdmin,
            FedoraMessagingConsumers consumers) {
        SpringRabbitMQComponent component = new SpringRabbitMQComponent();
        component.setConnectionFactory(fedoraMessagingConnections);
        component.setAmqpAdmin(fedoraMessagingAdmin);
        component.setListenerContainerFactory(consumers);
        return component;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {}

    @Override
    public void afterApplicationStart(CamelContext context) {
        TemplatedRouteBuilder.builder(context, "fedora-messaging-source")
                .routeId(ROUTE)
                .prefixId(ROUTE + ".")
                .parameter("exchange", settings.exchange())
                .parameter("queue", settings.queue() == null ? "off" : settings.queue())
                .parameter("prefetch", settings.prefetch())
                .parameter("consumers", settings.consumers())
                .parameter("started", settings.isOn())
                .add();
    }
}
