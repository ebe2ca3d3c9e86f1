package dev.forgeway.camel;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.concurrent.Semaphore;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;

/** Consumers of one queue, some of which leave the higher priorities to the others ({@link LowerPriorityConsumer}). */
final class JobListenerContainer extends DefaultJmsMessageListenerContainer {

    private final int consumers;
    private final Semaphore lower;

    /**
     * @param any how many consumers take what is most urgent
     * @param lower how many more take lower priorities only
     */
    JobListenerContainer(JmsEndpoint endpoint, int any, int lower) {
        super(endpoint);
        this.consumers = any + lower;
        this.lower = new Semaphore(lower);
    }

    /** The number is set by the constructor; Camel sets that of the endpoint behind it. */
    @Override
    public void setConcurrentConsumers(int ofEndpoint) {
        super.setConcurrentConsumers(consumers);
    }

    @Override
    protected MessageConsumer createConsumer(Session session, Destination destination) throws JMSException {
        if (!lower.tryAcquire()) {
            return super.createConsumer(session, destination);
        }
        try {
            return new LowerPriorityConsumer(session, destination, lower::release);
        } catch (JMSException e) {
            lower.release();
            throw e;
        }
    }
}
