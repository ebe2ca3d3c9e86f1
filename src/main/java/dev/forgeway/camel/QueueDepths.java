package dev.forgeway.camel;

import dev.forgeway.admin.QueueView;
import dev.forgeway.admin.Queues;
import dev.forgeway.metrics.QueueMetrics;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the broker now and then what waits in its queues, by management messages, which an embedded and a remote broker
 * understand alike (https://activemq.apache.org/components/artemis/documentation/latest/management.html).
 */
@Component("queueDepths")
public class QueueDepths implements Queues {

    private final ConnectionFactory broker;
    private final QueueMetrics metrics;
    private volatile List<QueueView> latest = List.of();

    QueueDepths(ActiveMQConnectionFactory broker, QueueMetrics metrics) {
        this.broker = broker;
        this.metrics = metrics;
    }

    @Override
    public List<QueueView> all() {
        return latest;
    }

    /** Looks at every queue of ours; called by a route. */
    public void sample() throws Exception {
        try (Connection connection = broker.createConnection();
                QueueSession session = (QueueSession) connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            QueueRequestor requestor =
                    new QueueRequestor(session, ActiveMQJMSClient.createQueue("activemq.management"));
            List<QueueView> seen = new ArrayList<>();
            Object names = attribute(session, requestor, ResourceNames.BROKER, "queueNames");
            for (Object name : names instanceof Object[] several ? several : new Object[0]) {
                if (isOurs(String.valueOf(name))) {
                    seen.add(view(session, requestor, String.valueOf(name)));
                }
            }
            seen.sort(Comparator.comparing(QueueView::name));
            latest = List.copyOf(seen);
            seen.forEach(queue -> metrics.seen(queue.name(), queue.messages(), queue.oldestSeconds()));
        }
    }

    private static boolean isOurs(String queue) {
        return Arrays.stream(new String[] {"deliveries", "jobs.", "statuses", "dead."})
                .anyMatch(queue::startsWith);
    }

    private static QueueView view(QueueSession session, QueueRequestor requestor, String name) throws Exception {
        String resource = ResourceNames.QUEUE + name;
        return new QueueView(
                name,
                number(attribute(session, requestor, resource, "messageCount")),
                number(attribute(session, requestor, resource, "firstMessageAge")) / 1000.0,
                number(attribute(session, requestor, resource, "scheduledCount")),
                number(attribute(session, requestor, resource, "consumerCount")));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static @Nullable Object attribute(
            QueueSession session, QueueRequestor requestor, String resource, String name) throws Exception {
        Message request = session.createMessage();
        JMSManagementHelper.putAttribute(request, resource, name);
        Message reply = requestor.request(request);
        if (!JMSManagementHelper.hasOperationSucceeded(reply)) {
            throw new JMSException("the broker does not tell " + name + " of " + resource);
        }
        return JMSManagementHelper.getResult(reply);
    }
}
