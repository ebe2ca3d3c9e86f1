package dev.forgeway.camel;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.amqp.AMQPComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One route for every address of the AMQP 1.0 bus; without any, one that is seen but does not run. */
@Configuration(proxyBeanMethods = false)
class AmqpSources implements CamelContextConfiguration {

    private static final String OFF = "off";

    private final IngestSettings.Amqp settings;

    AmqpSources(Settings settings) {
        this.settings = settings.ingest().amqp();
    }

    /** The component behind {@code bus:}; a message is gone from the bus only once our own broker has it on disk. */
    @Bean("bus")
    AMQPComponent bus() {
        JmsConnectionFactory factory = new JmsConnectionFactory();
        if (settings.url() != null) {
            factory.setRemoteURI(settings.url());
        }
        if (settings.user() != null && settings.password() != null) {
            factory.setUsername(settings.user());
            factory.setPassword(settings.password().value());
        }
        AMQPComponent component = new AMQPComponent(factory);
        component.setTransacted(true);
        component.setLazyCreateTransactionManager(false);
        component.setCacheLevelName("CACHE_CONSUMER");
        return component;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {}

    @Override
    public void afterApplicationStart(CamelContext context) {
        boolean on = settings.isOn();
        List<String> addresses = on ? settings.addresses() : List.of(OFF);
        for (String address : addresses) {
            TemplatedRouteBuilder.builder(context, "amqp-source")
                    .routeId("ingest-amqp-" + address)
                    .prefixId("ingest-amqp-" + address + ".")
                    .parameter("address", address)
                    .parameter("started", on)
                    .add();
        }
    }
}
