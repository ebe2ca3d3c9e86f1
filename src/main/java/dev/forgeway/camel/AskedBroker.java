package dev.forgeway.camel;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Asks the broker again and again over one connection, which is made anew when it failed. */
@Component
class AskedBroker implements DisposableBean {

    private final ConnectionFactory broker;
    private @Nullable BrokerManagement management;

    AskedBroker(ActiveMQConnectionFactory broker) {
        this.broker = broker;
    }

    /** What is asked in one go. */
    @FunctionalInterface
    interface Question<T> {

        T of(BrokerManagement asked) throws JMSException;
    }

    /** Asks; whoever comes meanwhile waits. */
    synchronized <T> T ask(Question<T> question) throws JMSException {
        try {
            if (management == null) {
                management = new BrokerManagement(broker);
            }
            return question.of(management);
        } catch (JMSException | RuntimeException e) {
            destroy();
            throw e;
        }
    }

    @Override
    public synchronized void destroy() {
        if (management != null) {
            management.close();
            management = null;
        }
    }
}
