package dev.forgeway.bus;

import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.JmsSession;
import org.apache.qpid.jms.message.JmsMessageIDBuilder;
import org.apache.qpid.jms.policy.JmsMessageIDPolicy;

/** The id of the message that a thread sends next. JMS lets nobody choose it; the client library does. */
public final class GivenMessageId implements JmsMessageIDPolicy {

    private final ThreadLocal<String> next = ThreadLocal.withInitial(() -> "");

    /** @param id of the next message of this thread, without a prefix */
    public void next(String id) {
        next.set(id);
    }

    @Override
    public JmsMessageIDPolicy copy() {
        return this;
    }

    @Override
    public JmsMessageIDBuilder getMessageIDBuilder(JmsSession session, JmsDestination destination) {
        return (producerId, sequence) -> next.get();
    }
}
