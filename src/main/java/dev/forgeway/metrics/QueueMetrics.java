package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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

    private Seen register(String queue) {
        Seen seen = new Seen();
        Gauge.builder("forgeway.queue.messages", seen, s -> s.messages)
                .description("Messages that wait in a queue")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
        Gauge.builder("forgeway.queue.oldest", seen, s -> s.oldestSeconds)
                .description("How long the oldest message of a queue has been there")
                .tag("queue", queue)
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        return seen;
    }

    private static final class Seen {
        private volatile long messages;
        private volatile double oldestSeconds;
    }
}
