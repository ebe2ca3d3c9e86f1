package dev.forgeway.camel;

import dev.forgeway.admin.Problem;
import dev.forgeway.admin.Redelivery;
import dev.forgeway.dispatch.Job;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.Receipt;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.stereotype.Component;

/** Sends deliveries on the way that senders' take, and takes dead letters off the broker. */
@Component
class BrokerRedelivery implements Redelivery {

    private static final List<String> DEAD = List.of(
            "dead.deliveries::dead.deliveries", "dead.jobs::dead.jobs", DeadReports.ADDRESS + "::" + DeadReports.QUEUE);
    private static final long PATIENCE_MILLIS = 1000;

    private final ProducerTemplate routes;
    private final JmsTemplate broker;

    BrokerRedelivery(ProducerTemplate routes, @Qualifier("internalConnections") ConnectionFactory connections) {
        this.routes = routes;
        this.broker = new JmsTemplate(connections);
        broker.setReceiveTimeout(PATIENCE_MILLIS);
    }

    @Override
    public void send(Delivery delivery) {
        try {
            routes.sendBody("direct:ingest-late", new Receipt(Receipt.Status.ACCEPTED, delivery.id(), delivery));
        } catch (CamelExecutionException e) {
            throw Problem.unavailable("the broker does not take it now: " + e.getCause());
        }
    }

    @Override
    public void send(Job job) {
        send("jobs." + job.handler(), job.id(), job.priority(), Headers.REDRIVEN, "true");
    }

    @Override
    public void wakeReport(String id) {
        send(QueueMessages.STATUSES, id, QueueMessages.LATER_STATUS, Headers.REPORT, id);
    }

    private void send(String queue, String id, int priority, String header, String value) {
        try {
            broker.execute(queue, (session, producer) -> {
                Message message = session.createTextMessage(id);
                message.setLongProperty(Headers.QUEUED_AT, System.currentTimeMillis());
                message.setStringProperty(header, value);
                producer.send(message, DeliveryMode.PERSISTENT, priority, Message.DEFAULT_TIME_TO_LIVE);
                return true;
            });
        } catch (JmsException e) {
            throw Problem.unavailable("the broker does not take it now: " + e.getCause());
        }
    }

    @Override
    public void removeDead(Set<String> ids) {
        for (String queue : DEAD) {
            for (String messageId : messages(queue, ids)) {
                broker.receiveSelected(queue, "JMSMessageID = '" + messageId + "'");
            }
        }
    }

    private List<String> messages(String queue, Set<String> ids) {
        List<String> found = broker.browse(queue, (session, browser) -> {
            List<String> fitting = new ArrayList<>();
            Enumeration<?> all = browser.getEnumeration();
            while (all.hasMoreElements()) {
                if (all.nextElement() instanceof Message dead && ids.contains(subject(dead))) {
                    fitting.add(dead.getJMSMessageID());
                }
            }
            return fitting;
        });
        return found == null ? List.of() : found;
    }

    /** A delivery's message has the id in a header; that of a job or report is the id. */
    private static @Nullable String subject(Message message) throws JMSException {
        String delivery = message.getStringProperty(Headers.DELIVERY_ID);
        return delivery == null && message instanceof TextMessage other ? other.getText() : delivery;
    }
}
