package dev.forgeway.camel;

import dev.forgeway.config.BrokerSettings;
import dev.forgeway.config.Settings;
import jakarta.jms.ConnectionFactory;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How the routes reach the internal queues: camel-jms over Artemis' own client, through memory to the embedded broker
 * and over TCP to a remote one. The measurement behind this choice is in docs/performance.md.
 */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

    /**
     * A send need not wait by itself, because all sends are in a transaction, and its commit waits for the disk and fails
     * with any of them. Queues are asked for once, not for every send. How much a consumer fetches ahead is said by the
     * broker ({@code default-consumer-window-size}), which is listened to as long as nothing is said here. All consumers
     * connect one after the other, and the check of readiness behind them: none may wait long after it was refused.
     */
    private static final String CLIENT_OPTIONS =
            "callTimeout=10000&retryInterval=100&blockOnDurableSend=false&cacheDestinations=true";

    @Bean
    @ConditionalOnProperty(name = "forgeway.broker.mode", havingValue = "embedded", matchIfMissing = true)
    EmbeddedBroker embeddedBroker(Settings settings) {
        return new EmbeddedBroker(settings);
    }

    @Bean
    @ConditionalOnProperty(name = "forgeway.broker.mode", havingValue = "embedded", matchIfMissing = true)
    ActiveMQConnectionFactory embeddedConnectionFactory(EmbeddedBroker started) {
        return new ActiveMQConnectionFactory(started.url() + "?" + CLIENT_OPTIONS);
    }

    @Bean
    @ConditionalOnProperty(name = "forgeway.broker.mode", havingValue = "remote")
    ActiveMQConnectionFactory remoteConnectionFactory(Settings settings) {
        BrokerSettings broker = settings.broker();
        String url = Objects.requireNonNull(broker.url());
        ActiveMQConnectionFactory factory =
                new ActiveMQConnectionFactory(url + (url.contains("?") ? "&" : "?") + CLIENT_OPTIONS);
        if (broker.user() != null && broker.password() != null) {
            factory.setUser(broker.user());
            factory.setPassword(broker.password().value());
        }
        return factory;
    }

    /** One pool for producers and transacted consumers: what a route sends joins the transaction that it consumes in. */
    @Bean(destroyMethod = "stop")
    JmsPoolConnectionFactory internalConnections(ActiveMQConnectionFactory factory) {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factory);
        pool.setMaxConnections(1);
        pool.setMaxSessionsPerConnection(500);
        return pool;
    }

    /** The component behind {@code jms:} in the routes. */
    @Bean("jms")
    JmsComponent jms(ConnectionFactory internalConnections) {
        JmsComponent component = new JmsComponent();
        component.setConnectionFactory(internalConnections);
        component.setTransacted(true);
        component.setLazyCreateTransactionManager(false);
        component.setCacheLevelName("CACHE_CONSUMER");
        component.setPreserveMessageQos(true);
        component.setReceiveTimeout(1000);
        // the routes log what failed, with its story; the listener only says that the transaction was rolled back
        component.setErrorHandlerLogStackTrace(false);
        return component;
    }
}
