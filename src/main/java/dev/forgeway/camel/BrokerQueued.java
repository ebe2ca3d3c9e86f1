package dev.forgeway.camel;

import dev.forgeway.error.TransientException;
import dev.forgeway.schedule.Queued;
import jakarta.jms.JMSException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the broker which messages it holds, by the headers that name what they are about. */
@Component
class BrokerQueued implements Queued {

    private static final String DELIVERIES = "deliveries";

    private final AskedBroker broker;

    BrokerQueued(AskedBroker broker) {
        this.broker = broker;
    }

    @Override
    public Map<String, Set<String>> ids(Set<String> queues) {
        try {
            return broker.ask(asked -> ids(asked, queues));
        } catch (JMSException e) {
            throw new TransientException("the broker does not tell what it holds: " + e.getMessage(), e);
        }
    }

    private static Map<String, Set<String>> ids(BrokerManagement asked, Set<String> queues) throws JMSException {
        Set<String> existing = Set.copyOf(asked.queues());
        Map<String, Set<String>> told = new HashMap<>();
        for (String queue : queues) {
            if (existing.contains(queue)) {
                asked.holds(queue, List.of(header(queue))).ifPresent(ids -> told.put(queue, new HashSet<>(ids)));
            }
        }
        // what was held while the queues were asked is asked for behind them
        Optional<Set<String>> held = asked.holds(HeldWork.QUEUE, List.of(Headers.DELIVERY_ID, Headers.JOB_ID));
        if (held.isEmpty()) {
            return Map.of();
        }
        told.values().forEach(ids -> ids.addAll(held.get()));
        return told;
    }

    private static String header(String queue) {
        return switch (queue) {
            case DELIVERIES -> Headers.DELIVERY_ID;
            case QueueMessages.STATUSES -> Headers.REPORT;
            default -> Headers.JOB_ID;
        };
    }
}
