package dev.forgeway.camel;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;

/** Consumers of one queue, some of which leave the higher priorities to the others ({@link LowerPriorityConsumer}). */
final class JobListenerContainer extends DefaultJmsMessageListenerContainer {

    private final int consumers;
    private final BooleanSupplier isPaused;
    private final Semaphore lower;
    private final boolean acceptsWhileStopping;
    private boolean isWanted;
    private boolean takes;

    /**
     * @param any how many consumers take what is most urgent
     * @param lower how many more take lower priorities only
     * @param isPaused whether nothing is taken, although the route runs
     */
    JobListenerContainer(JmsEndpoint endpoint, int any, int lower, BooleanSupplier isPaused) {
        super(endpoint);
        this.consumers = any + lower;
        this.isPaused = isPaused;
        this.acceptsWhileStopping = endpoint.isAcceptMessagesWhileStopping();
        this.lower = new Semaphore(lower);
    }

    /** The number is set by the constructor; Camel sets that of the endpoint behind it. */
    @Override
    public void setConcurrentConsumers(int ofEndpoint) {
        super.setConcurrentConsumers(consumers);
    }

    @Override
    public synchronized void start() {
        isWanted = true;
        follow();
    }

    @Override
    public synchronized void stop() {
        isWanted = false;
        takes = false;
        setAcceptMessagesWhileStopping(acceptsWhileStopping);
        super.stop();
    }

    /**
     * Takes messages when the route runs and nobody paused it. What a consumer asked for before a pause is still worked on:
     * to put it back would count as an attempt.
     */
    synchronized void follow() {
        boolean shouldTake = isWanted && !isPaused.getAsBoolean();
        if (shouldTake == takes) {
            return;
        }
        takes = shouldTake;
        setAcceptMessagesWhileStopping(acceptsWhileStopping || !shouldTake);
        if (shouldTake) {
            super.start();
        } else {
            super.stop();
        }
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
