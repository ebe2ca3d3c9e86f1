package dev.forgeway.camel;

import dev.forgeway.bus.BusClients;
import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.amqp.AMQPComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One route for every address and every durable subscription of the AMQP 1.0 bus; without any, one that is seen but does
 * not run. A bus that is away is asked again after a pause.
 */
@Configuration(proxyBeanMethods = false)
class AmqpSources implements CamelContextConfiguration {

    private static final String OFF = "off";

    private final IngestSettings.Amqp settings;
    private final Duration pause;

    AmqpSources(Settings settings) {
        this.settings = settings.ingest().amqp();
        this.pause = settings.ingest().busPause();
    }

    /** The component behind {@code bus:}; a message is gone from the bus only once our own broker has it on disk. */
    @Bean("bus")
    AMQPComponent bus() {
        AMQPComponent component = new AMQPComponent(BusClients.amqp(settings));
        component.setTransacted(true);
        component.setLazyCreateTransactionManager(false);
        component.setCacheLevelName("CACHE_CONSUMER");
        component.setRecoveryInterval(pause.toMillis());
        return component;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {}

    @Override
    public void afterApplicationStart(CamelContext context) {
        List<String> addresses = settings.isOn() ? settings.addresses() : List.of(OFF);
        for (int index = 0; index < addresses.size(); index++) {
            String address = addresses.get(index);
            source(context, "amqp-source", "ingest-amqp-", address, index)
                    .parameter("address", address)
                    .add();
        }
        List<String> topics = settings.isOn() ? settings.subscriptions() : List.of();
        for (int index = 0; index < topics.size(); index++) {
            String topic = topics.get(index);
            source(context, "amqp-topic-source", "ingest-amqp-topic-", topic, index)
                    .parameter("topic", topic)
                    .parameter("clientId", settings.clientId() + "." + topic)
                    .add();
        }
    }

    private TemplatedRouteBuilder source(
            CamelContext context, String template, String prefix, String address, int index) {
        return TemplatedRouteBuilder.builder(context, template)
                .routeId(prefix + address)
                .prefixId(prefix + (index + 1) + ".")
                .parameter("started", settings.isOn());
    }
}
