package dev.forgeway.camel;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is less urgent, so that it moves however much urgent work there is: in turns the most urgent below one
 * priority and below another. A broker delivers strictly by priority among what a selector lets through
 * (https://activemq.apache.org/components/artemis/documentation/latest/filter-expressions.html).
 */
final class LowerPriorityConsumer implements MessageConsumer {

    /** From the narrowest to the widest; the widest covers the others. */
    private static final List<String> BELOW = List.of("JMSPriority < 1", "JMSPriority < 4", "JMSPriority < 7");

    private final List<MessageConsumer> turns = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable onClose;
    private int turn;

    LowerPriorityConsumer(Session session, Destination destination, Runnable onClose) throws JMSException {
        this.onClose = onClose;
        try {
            for (String selector : BELOW) {
                turns.add(session.createConsumer(destination, selector));
            }
        } catch (JMSException e) {
            closeAll();
            throw e;
        }
    }

    @Override
    public @Nullable Message receive(long timeout) throws JMSException {
        for (int tried = 0; tried < turns.size(); tried++) {
            Message message = turns.get(turn).receiveNoWait();
            turn = (turn + 1) % turns.size();
            if (message != null) {
                return message;
            }
        }
        return turns.get(turns.size() - 1).receive(timeout);
    }

    @Override
    public @Nullable Message receive() throws JMSException {
        return receive(0);
    }

    @Override
    public @Nullable Message receiveNoWait() throws JMSException {
        return receive(1);
    }

    @Override
    public String getMessageSelector() {
        return BELOW.get(BELOW.size() - 1);
    }

    @Override
    public @Nullable MessageListener getMessageListener() {
        return null;
    }

    @Override
    public void setMessageListener(MessageListener listener) {
        throw new UnsupportedOperationException("messages are received one by one");
    }

    @Override
    public void close() throws JMSException {
        if (closed.compareAndSet(false, true)) {
            try {
                closeAll();
            } finally {
                onClose.run();
            }
        }
    }

    private void closeAll() throws JMSException {
        JMSException first = null;
        for (MessageConsumer consumer : turns) {
            try {
                consumer.close();
            } catch (JMSException e) {
                first = e;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
