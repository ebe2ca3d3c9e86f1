package dev.forgeway.flow;

import dev.forgeway.testing.Ports;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.postoffice.RoutingStatus;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/** A bus over AMQP 1.0 that can leave publishers without an answer, whether it takes their messages or not. */
final class HeldBus implements AutoCloseable {

    private final int port = Ports.unused();
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger seen = new AtomicInteger();
    private volatile CountDownLatch released = new CountDownLatch(0);
    private volatile boolean takes = true;

    HeldBus() {
        try {
            Configuration configuration = new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
            configuration.registerBrokerPlugin(new Holding());
            broker.setConfiguration(configuration);
            broker.start();
        } catch (Exception e) {
            throw new IllegalStateException("The bus did not start", e);
        }
    }

    private final class Holding implements ActiveMQServerMessagePlugin {

        @Override
        public void beforeSend(
                ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
                throws ActiveMQException {
            boolean isTaken = takes;
            seen.incrementAndGet();
            if (!isTaken) {
                awaitRelease();
                throw new ActiveMQException("not taken");
            }
        }

        @Override
        public void afterSend(
                ServerSession session,
                Transaction tx,
                Message message,
                boolean direct,
                boolean noAutoCreateQueue,
                RoutingStatus result) {
            taken.add(String.valueOf(message.getUserID()));
            awaitRelease();
        }
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "amqp://127.0.0.1:" + port;
    }

    /** From now on publishers get no answer. */
    void hold(boolean takesMessages) {
        released = new CountDownLatch(1);
        takes = takesMessages;
    }

    /** Who waits gets an answer. */
    void release() {
        CountDownLatch waiting = released;
        waiting.countDown();
        takes = true;
    }

    /** How many messages came, taken or not. */
    int seen() {
        return seen.get();
    }

    /** The ids of the messages that were taken. */
    List<String> taken() {
        return taken;
    }

    @Override
    public void close() {
        release();
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The bus did not stop", e);
        }
    }
}
