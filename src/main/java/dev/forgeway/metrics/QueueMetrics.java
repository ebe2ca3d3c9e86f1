package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** {@code forgeway_queue_messages{queue}} and {@code forgeway_queue_oldest_seconds{queue}}, as they were seen last. */
@Component
public class QueueMetrics {

    private final MeterRegistry registry;
    private final Map<String, Seen> queues = new ConcurrentHashMap<>();

    public QueueMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What waits in a queue now, and for how long the oldest of it. */
    public void seen(String queue, long messages, double oldestSeconds) {
        Seen seen = queues.computeIfAbsent(queue, this::register);
        seen.messages = messages;
        seen.oldestSeconds = oldestSeconds;
    }

    /** The broker does not tell; there are no numbers until it does, so that old ones hide nothing. */
    public void unseen() {
        for (String queue : List.copyOf(queues.keySet())) {
            Seen seen = queues.remove(queue);
            if (seen != null) {
                seen.meters.forEach(registry::remove);
            }
        }
    }

    private Seen register(String queue) {
        Seen seen = new Seen();
        Gauge messages = Gauge.builder("forgeway.queue.messages", seen, s -> s.messages)
                .description("Messages that wait in a queue")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
        Gauge oldest = Gauge.builder("forgeway.queue.oldest", seen, s -> s.oldestSeconds)
                .description("How long the oldest message of a queue has been there")
                .tag("queue", queue)
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        seen.meters = List.of(messages, oldest);
        return seen;
    }

    private static final class Seen {
        private volatile long messages;
        private volatile double oldestSeconds;
        private volatile List<Gauge> meters = List.of();
    }
}
