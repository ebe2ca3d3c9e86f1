package dev.forgeway.camel;

import org.apache.camel.component.springrabbit.DefaultListenerContainerFactory;
import org.apache.camel.component.springrabbit.ListenerContainerFactory;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Makes the consumers of the bus the way the component does, but so that nothing ends them: a queue that is missing and
 * an account that is refused may be so for a while only, and are tried again every five seconds.
 */
@Component
class FedoraMessagingConsumers implements ListenerContainerFactory {

    private final ListenerContainerFactory ofCamel = new DefaultListenerContainerFactory();
    private volatile @Nullable SimpleMessageListenerContainer current;

    @Override
    public AbstractMessageListenerContainer createListenerContainer(SpringRabbitMQEndpoint endpoint) {
        AbstractMessageListenerContainer made = ofCamel.createListenerContainer(endpoint);
        made.setMissingQueuesFatal(false);
        made.setPossibleAuthenticationFailureFatal(false);
        made.setMismatchedQueuesFatal(false);
        made.setAutoDeclare(true);
        made.setAdviceChain();
        if (made instanceof SimpleMessageListenerContainer simple) {
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
