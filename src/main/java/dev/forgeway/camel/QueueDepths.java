package dev.forgeway.camel;

import dev.forgeway.admin.BrokerView;
import dev.forgeway.admin.Problem;
import dev.forgeway.admin.QueueView;
import dev.forgeway.admin.Queues;
import dev.forgeway.metrics.BrokerMetrics;
import dev.forgeway.metrics.QueueMetrics;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Asks the broker now and then what waits in its queues. */
@Component("queueDepths")
public class QueueDepths implements Queues {

    /** A process without the role {@code schedule} has no route that looks; it looks when somebody asks. */
    private static final Duration FRESH = Duration.ofSeconds(20);

    private static final Pattern OURS = Pattern.compile("deliveries|held|statuses|jobs\\..+|dead\\..+");

    private static final Pattern BY_PRIORITY = Pattern.compile("deliveries|statuses|jobs\\..+");

    private static final String DELIVERIES = "deliveries";
    private static final int PERCENT = 100;

    private final AskedBroker broker;
    private final QueueMetrics metrics;
    private final BrokerMetrics disk;
    private volatile List<QueueView> latest = List.of();
    private volatile Map<String, Long> held = Map.of();
    private volatile BrokerView state = new BrokerView(0, 1, List.of());
    private volatile Instant sampledAt = Instant.EPOCH;

    QueueDepths(AskedBroker broker, QueueMetrics metrics, BrokerMetrics disk) {
        this.broker = broker;
        this.metrics = metrics;
        this.disk = disk;
    }

    @Override
    public List<QueueView> all() {
        lookIfOld();
        return latest;
    }

    @Override
    public Map<String, Long> held() {
        lookIfOld();
        return held;
    }

    @Override
    public BrokerView broker() {
        lookIfOld();
        return state;
    }

    private void lookIfOld() {
        if (sampledAt.plus(FRESH).isBefore(Instant.now())) {
            try {
                sample();
            } catch (JMSException e) {
                throw Problem.unavailable("the broker does not tell what waits: " + e.getMessage());
            }
        }
    }

    /** Looks at every queue of ours; called by a route. */
    public synchronized void sample() throws JMSException {
        try {
            broker.ask(this::look);
        } catch (JMSException | RuntimeException e) {
            sampledAt = Instant.EPOCH;
            metrics.unseen();
            disk.unseen();
            throw e;
        }
    }

    /** Returns what it saw. */
    private List<QueueView> look(BrokerManagement asked) throws JMSException {
        List<QueueView> seen = new ArrayList<>();
        for (String name : asked.queues()) {
            if (OURS.matcher(name).matches()) {
                seen.add(view(asked, name));
            }
        }
        seen.sort(Comparator.comparing(QueueView::name));
        latest = List.copyOf(seen);
        held = seen.stream().anyMatch(queue -> queue.name().equals(HeldWork.QUEUE) && queue.messages() > 0)
                ? asked.countBy(Headers.HELD_FOR, HeldWork.QUEUE)
                : Map.of();
        state = state(asked, seen);
        sampledAt = Instant.now();
        seen.forEach(queue -> metrics.seen(queue.name(), queue.messages(), queue.scheduled(), queue.oldestSeconds()));
        disk.seen(state.diskUsed());
        return latest;
    }

    /** A full disk ends all sending; without one, only "deliveries" refuses what is too much, and others go to disk. */
    private static BrokerView state(BrokerManagement asked, List<QueueView> seen) throws JMSException {
        double used = asked.diskUsed();
        double limit = asked.number("maxDiskUsage") / (double) PERCENT;
        if (limit >= 0 && used >= limit) {
            return new BrokerView(
                    used, limit, seen.stream().map(QueueView::name).toList());
        }
        boolean isFull = asked.numberOfAddress(DELIVERIES, "addressLimitPercent") >= PERCENT;
        return new BrokerView(used, limit < 0 ? 1 : limit, isFull ? List.of(DELIVERIES) : List.of());
    }

    private static QueueView view(BrokerManagement asked, String name) throws JMSException {
        long messages = asked.number(name, "messageCount");
        Map<String, Long> priorities = messages > 0 && BY_PRIORITY.matcher(name).matches()
                ? asked.countBy(Headers.PRIORITY_GIVEN, name)
                : Map.of();
        return new QueueView(
                name,
                messages,
                oldestMillis(asked, name, priorities.keySet()) / 1000.0,
                asked.number(name, "scheduledCount"),
                asked.number(name, "consumerCount"),
                priorities);
    }

    /** What a broker calls the first message is the first of one priority; an older one may wait in another. */
    private static long oldestMillis(BrokerManagement asked, String queue, Set<String> priorities) throws JMSException {
        long oldest = asked.number(queue, "firstMessageAge");
        if (priorities.size() > 1) {
            long now = System.currentTimeMillis();
            for (String priority : priorities) {
                long age = asked.firstSent(queue, priority)
                        .map(sent -> now - sent.toEpochMilli())
                        .orElse(0L);
                oldest = Math.max(oldest, age);
            }
        }
        return oldest;
    }
}
