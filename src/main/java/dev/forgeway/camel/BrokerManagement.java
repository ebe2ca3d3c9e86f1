package dev.forgeway.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a broker about itself by management messages, which an embedded and a remote one understand alike
 * (https://activemq.apache.org/components/artemis/documentation/latest/management.html). Stays connected, so that there
 * is one queue for the answers and not a new one for each question. For one thread at a time.
 */
final class BrokerManagement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerManagement.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_MILLIS = 10_000;

    /** management-browse-page-size of artemis/broker.xml. */
    private static final long MOST_COUNTED = 10_000;

    private final Connection connection;
    private final Session session;
    private final Queue answers;
    private final MessageConsumer consumer;
    private final MessageProducer producer;

    BrokerManagement(ConnectionFactory broker) throws JMSException {
        connection = broker.createConnection();
        try {
            session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            answers = session.createTemporaryQueue();
            consumer = session.createConsumer(answers);
            producer = session.createProducer(ActiveMQJMSClient.createQueue("activemq.management"));
            connection.start();
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    /** The names of all queues. */
    List<String> queues() throws JMSException {
        Object names = attribute(ResourceNames.BROKER, "queueNames");
        return names instanceof Object[] several
                ? Arrays.stream(several).map(String::valueOf).toList()
                : List.of();
    }

    /** A number that a queue says about itself. */
    long number(String queue, String name) throws JMSException {
        return attribute(ResourceNames.QUEUE + queue, name) instanceof Number number ? number.longValue() : 0;
    }

    /** A number that an address says about itself. */
    long numberOfAddress(String address, String name) throws JMSException {
        return attribute(ResourceNames.ADDRESS + address, name) instanceof Number number ? number.longValue() : 0;
    }

    /** A number that the broker says about itself. */
    long number(String name) throws JMSException {
        return attribute(ResourceNames.BROKER, name) instanceof Number number ? number.longValue() : 0;
    }

    /** How many messages of a queue have which value of this header, of as many as the broker counts at once; those without it are left out. */
    Map<String, Long> countBy(String header, String queue) throws JMSException {
        Map<String, Long> counts = new TreeMap<>();
        json(queue, "countMessages", null, header)
                .properties()
                .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
        counts.remove("null");
        return counts;
    }

    private JsonNode json(String queue, String operation, @Nullable Object... parameters) throws JMSException {
        try {
            return JSON.readTree(String.valueOf(invoke(queue, operation, parameters)));
        } catch (JsonProcessingException e) {
            throw (JMSException) new JMSException("unreadable answer about " + queue).initCause(e);
        }
    }

    /**
     * The values that these headers have in all messages of a queue: those that wait, wait for a time to come, or are consumed
     * by a transaction that has not ended. Empty where there are more than the broker counts at once, and where a message has
     * none of the headers.
     */
    Optional<Set<String>> holds(String queue, List<String> headers) throws JMSException {
        if (number(queue, "messageCount") >= MOST_COUNTED) {
            return Optional.empty();
        }
        Set<String> values = new HashSet<>();
        for (String header : headers) {
            values.addAll(countBy(header, queue).keySet());
        }
        boolean isKnown = order(queue, "countMessages", String.join(" IS NULL AND ", headers) + " IS NULL") == 0;
        List<JsonNode> messages = new ArrayList<>();
        json(queue, "listScheduledMessagesAsJSON").forEach(messages::add);
        json(queue, "listDeliveringMessagesAsJSON")
                .forEach(consumer -> consumer.path("elements").forEach(messages::add));
        for (JsonNode message : messages) {
            List<String> found = headers.stream()
                    .filter(message::has)
                    .map(header -> message.path(header).asText())
                    .toList();
            values.addAll(found);
            isKnown &= !found.isEmpty();
        }
        return isKnown ? Optional.of(values) : Optional.empty();
    }

    /**
     * When the first message of a priority was sent that waits in a queue, and not for a time to come; empty where there is
     * none, or where this account must not look into the queue.
     */
    Optional<Instant> firstSent(String queue, String priority) throws JMSException {
        try (QueueBrowser browser =
                session.createBrowser(ActiveMQJMSClient.createQueue(queue), "JMSPriority = " + priority)) {
            Enumeration<?> waiting = browser.getEnumeration();
            return waiting.hasMoreElements() && waiting.nextElement() instanceof Message first
                    ? Optional.of(Instant.ofEpochMilli(first.getJMSTimestamp()))
                    : Optional.empty();
        } catch (JMSSecurityException e) {
            LOG.debug("The broker lets nobody browse {} here", queue, e);
            return Optional.empty();
        }
    }

    /** How much of the disk that holds its journal is used, of 1. */
    double diskUsed() throws JMSException {
        if (attribute(ResourceNames.BROKER, "diskStoreUsage") instanceof Number used) {
            return used.doubleValue();
        }
        throw new JMSException("the broker does not tell how full its disk is");
    }

    /**
     * Moves messages, with their priorities and in their order.
     *
     * @param filter which (https://activemq.apache.org/components/artemis/documentation/latest/filter-expressions.html)
     * @return how many
     */
    long move(String queue, String filter, String target) throws JMSException {
        return order(queue, "moveMessages", filter, target);
    }

    /**
     * Deletes messages.
     *
     * @param filter which, as in {@link #move}
     * @return how many
     */
    long remove(String queue, String filter) throws JMSException {
        return order(queue, "removeMessages", filter);
    }

    private long order(String queue, String operation, Object... parameters) throws JMSException {
        return invoke(queue, operation, parameters) instanceof Number done ? done.longValue() : 0;
    }

    private @Nullable Object invoke(String queue, String operation, @Nullable Object... parameters)
            throws JMSException {
        Message order = session.createMessage();
        try {
            JMSManagementHelper.putOperationInvocation(order, ResourceNames.QUEUE + queue, operation, parameters);
        } catch (Exception e) {
            throw (JMSException) new JMSException("cannot be ordered: " + operation + " of " + queue).initCause(e);
        }
        return answer(order, queue, operation);
    }

    private @Nullable Object attribute(String resource, String name) throws JMSException {
        Message question = session.createMessage();
        JMSManagementHelper.putAttribute(question, resource, name);
        return answer(question, resource, name);
    }

    private @Nullable Object answer(Message question, String resource, String name) throws JMSException {
        question.setJMSReplyTo(answers);
        producer.send(question);
        Message answer = consumer.receive(PATIENCE_MILLIS);
        if (answer == null) {
            throw new JMSException("no answer about " + resource);
        }
        try {
            if (JMSManagementHelper.hasOperationSucceeded(answer)) {
                return JMSManagementHelper.getResult(answer);
            }
        } catch (Exception e) {
            throw (JMSException) new JMSException("unreadable answer about " + resource).initCause(e);
        }
        throw new JMSException("the broker does not tell " + name + " of " + resource);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (JMSException e) {
            LOG.debug("The connection was gone already", e);
        }
    }
}
