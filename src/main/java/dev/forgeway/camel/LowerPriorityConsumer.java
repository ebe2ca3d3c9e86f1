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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is less urgent, so that it moves however much urgent work there is: twice what is least urgent of all, and then
 * once the most urgent below a priority, which is another one each time, so that no priority is left out. A broker delivers strictly by priority among what a selector lets through
 * (https://activemq.apache.org/components/artemis/documentation/latest/filter-expressions.html).
 */
final class LowerPriorityConsumer implements MessageConsumer {

    /** From the narrowest to the widest, which covers the others. */
    private static final List<String> BELOW = IntStream.rangeClosed(1, 9)
            .mapToObj(priority -> "JMSPriority < " + priority)
            .toList();

    /** One message of so many is not the least urgent. */
    private static final int ROUND = 3;

    private final List<MessageConsumer> below = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable onClose;
    private int taken;
    private int turn;

    LowerPriorityConsumer(Session session, Destination destination, Runnable onClose) throws JMSException {
        this.onClose = onClose;
        try {
            for (String selector : BELOW) {
                below.add(session.createConsumer(destination, selector));
            }
        } catch (JMSException e) {
            closeAll();
            throw e;
        }
    }

    @Override
    public @Nullable Message receive(long timeout) throws JMSException {
        int first = 0;
        if (taken % ROUND == ROUND - 1) {
            turn = (turn + 1) % below.size();
            first = turn;
        }
        Message message = firstFrom(first);
        if (message == null) {
            message = below.get(below.size() - 1).receive(timeout);
        }
        if (message != null) {
            taken++;
        }
        return message;
    }

    /** What the narrowest selector from this one on lets through; what is below it comes last. */
    private @Nullable Message firstFrom(int first) throws JMSException {
        for (int tried = 0; tried < below.size(); tried++) {
            Message message = below.get((first + tried) % below.size()).receiveNoWait();
            if (message != null) {
                return message;
            }
        }
        return null;
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
        for (MessageConsumer consumer : below) {
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
