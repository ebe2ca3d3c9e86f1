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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jms.JmsException;
import org.springframework.jms.JmsSecurityException;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.stereotype.Component;

/** Sends deliveries on the way that senders' take, and takes dead letters off the broker. */
@Component
class BrokerRedelivery implements Redelivery {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerRedelivery.class);

    private static final String DEAD_JOBS = "dead.jobs::dead.jobs";
    private static final long PATIENCE_MILLIS = 1000;

    private final ProducerTemplate routes;
    private final JmsTemplate broker;
    private final AskedBroker management;

    BrokerRedelivery(
            ProducerTemplate routes,
            @Qualifier("internalConnections") ConnectionFactory connections,
            AskedBroker management) {
        this.routes = routes;
        this.broker = new JmsTemplate(connections);
        this.management = management;
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
        send(
                "jobs." + job.handler(),
                job.id(),
                job.priority(),
                Map.of(Headers.JOB_ID, job.id(), Headers.REDRIVEN, "true"));
    }

    @Override
    public void wakeReport(String id) {
        send(QueueMessages.STATUSES, id, QueueMessages.LATER_STATUS, Map.of(Headers.REPORT, id));
    }

    private void send(String queue, String id, int priority, Map<String, String> headers) {
        try {
            broker.execute(queue, (session, producer) -> {
                Message message = session.createTextMessage(id);
                message.setLongProperty(Headers.QUEUED_AT, System.currentTimeMillis());
                for (Map.Entry<String, String> header : headers.entrySet()) {
                    message.setStringProperty(header.getKey(), header.getValue());
                }
                producer.send(message, DeliveryMode.PERSISTENT, priority, Message.DEFAULT_TIME_TO_LIVE);
                return true;
            });
        } catch (JmsException e) {
            throw Problem.unavailable("the broker does not take it now: " + e.getCause());
        }
    }

    /** The broker is asked to find them: a delivery has kilobytes, and there may be thousands. */
    @Override
    public void removeDead(Set<String> ids) {
        String theirs = ids.stream()
                .map(id -> "'" + id.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", " IN (", ")"));
        try {
            LOG.debug("{} dead letters of {} are gone", remove(theirs), ids);
        } catch (JMSException e) {
            throw Problem.unavailable("the broker keeps what was dead: " + e.getMessage());
        }
        removeOfEarlierVersion(ids);
    }

    /** Once more over a new connection, because the one there was may be from before a restart of the broker. */
    private long remove(String theirs) throws JMSException {
        AskedBroker.Question<Long> order = asked -> asked.remove("dead.deliveries", Headers.DELIVERY_ID + theirs)
                + asked.remove("dead.jobs", Headers.JOB_ID + theirs)
                + asked.remove(DeadReports.QUEUE, Headers.REPORT + theirs);
        try {
            return management.ask(order);
        } catch (JMSException e) {
            return management.ask(order);
        }
    }

    /** Its messages about jobs have the id as their text alone. */
    private void removeOfEarlierVersion(Set<String> ids) {
        try {
            for (String messageId : messages(ids)) {
                broker.receiveSelected(DEAD_JOBS, "JMSMessageID = '" + messageId + "'");
            }
        } catch (JmsSecurityException e) {
            LOG.debug("The broker lets nobody look into {} here", DEAD_JOBS, e);
        }
    }

    private List<String> messages(Set<String> ids) {
        List<String> found = broker.browseSelected(DEAD_JOBS, Headers.JOB_ID + " IS NULL", (session, browser) -> {
            List<String> fitting = new ArrayList<>();
            Enumeration<?> all = browser.getEnumeration();
            while (all.hasMoreElements()) {
                if (all.nextElement() instanceof TextMessage dead && ids.contains(dead.getText())) {
                    fitting.add(dead.getJMSMessageID());
                }
            }
            return fitting;
        });
        return found == null ? List.of() : found;
    }
}
