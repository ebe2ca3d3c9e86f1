package dev.forgeway.camel;

import dev.forgeway.config.Settings;
import java.time.Duration;
import org.apache.camel.component.springrabbit.DefaultListenerContainerFactory;
import org.apache.camel.component.springrabbit.ListenerContainerFactory;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Makes the consumers of the bus the way the component does, but so that nothing ends them: a queue that is missing is
 * declared again, and an account that is refused may be so for a while only. Its retries are left out: the route has its
 * own, and what is tried often enough must not be thrown away.
 */
@Component
class FedoraMessagingConsumers implements ListenerContainerFactory {

    private final ListenerContainerFactory ofCamel = new DefaultListenerContainerFactory();
    private final ApplicationContext beans;
    private final Duration pause;
    private volatile @Nullable SimpleMessageListenerContainer current;

    FedoraMessagingConsumers(ApplicationContext beans, Settings settings) {
        this.beans = beans;
        this.pause = settings.ingest().busPause();
    }

    @Override
    public AbstractMessageListenerContainer createListenerContainer(SpringRabbitMQEndpoint endpoint) {
        AbstractMessageListenerContainer made = ofCamel.createListenerContainer(endpoint);
        made.setMissingQueuesFatal(false);
        made.setPossibleAuthenticationFailureFatal(false);
        made.setMismatchedQueuesFatal(false);
        made.setAutoDeclare(true);
        made.setApplicationContext(beans);
        made.setAdviceChain();
        if (made instanceof SimpleMessageListenerContainer simple) {
            simple.setRecoveryInterval(pause.toMillis());
            current = simple;
        }
        return made;
    }

    /** Whether at least one consumer is registered with the broker. */
    boolean areConnected() {
        SimpleMessageListenerContainer container = current;
        return container != null && container.isRunning() && container.getActiveConsumerCount() > 0;
    }
}
