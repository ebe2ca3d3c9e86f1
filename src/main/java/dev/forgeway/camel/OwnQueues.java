package dev.forgeway.camel;

import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues {@code jobs.<name>} of handlers that the broker's configuration does not know. Redelivery and dead letters
 * are those of all queues {@code jobs.#}. A remote broker may be away at the start, and is asked again then.
 */
final class OwnQueues {

    private static final Logger LOG = LoggerFactory.getLogger(OwnQueues.class);
    private static final long PAUSE_SECONDS = 5;

    private final ActiveMQConnectionFactory broker;
    private final Set<String> names;

    OwnQueues(ActiveMQConnectionFactory broker, Set<String> names) {
        this.broker = broker;
        this.names = names;
    }

    /** Makes those that are missing. */
    void declare(CamelContext context) {
        if (!names.isEmpty() && !isDone()) {
            ScheduledExecutorService again =
                    context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "own-queues");
            again.scheduleWithFixedDelay(
                    () -> {
                        if (isDone()) {
                            again.shutdown();
                        }
                    },
                    PAUSE_SECONDS,
                    PAUSE_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    private boolean isDone() {
        try (ClientSessionFactory sessions = broker.getServerLocator().createSessionFactory();
                ClientSession session =
                        sessions.createSession(broker.getUser(), broker.getPassword(), false, true, true, false, 1)) {
            for (String name : names) {
                SimpleString queue = SimpleString.of("jobs." + name);
                if (!session.addressQuery(queue).isExists()) {
                    session.createAddress(queue, RoutingType.ANYCAST, false);
                }
                if (!session.queueQuery(queue).isExists()) {
                    session.createQueue(QueueConfiguration.of(queue)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true));
                }
            }
            return true;
        } catch (Exception e) {
            LOG.warn("The queues of own handlers cannot be made yet: {}", e.getMessage());
            return false;
        }
    }
}
