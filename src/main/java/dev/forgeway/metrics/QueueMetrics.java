package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * {@code forgeway_queue_messages{queue}}, {@code forgeway_queue_scheduled{queue}} and
 * {@code forgeway_queue_oldest_seconds{queue}}, as they were seen last.
 */
@Component
public class QueueMetrics {

    private final MeterRegistry registry;
    private final Map<String, Seen> queues = new ConcurrentHashMap<>();

    public QueueMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * What waits in a queue now, and for how long the oldest of it.
     *
     * @param scheduled how many of the messages wait for a time to come
     */
    public void seen(String queue, long messages, long scheduled, double oldestSeconds) {
        Seen seen = queues.computeIfAbsent(queue, this::register);
        seen.messages = messages;
        seen.scheduled = scheduled;
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
        Gauge scheduled = Gauge.builder("forgeway.queue.scheduled", seen, s -> s.scheduled)
                .description("Messages of a queue that wait for a time to come")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
        Gauge oldest = Gauge.builder("forgeway.queue.oldest", seen, s -> s.oldestSeconds)
                .description("How long the oldest message of a queue has been there")
                .tag("queue", queue)
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        seen.meters = List.of(messages, scheduled, oldest);
        return seen;
    }

    private static final class Seen {
        private volatile long messages;
        private volatile long scheduled;
        private volatile double oldestSeconds;
        private volatile List<Gauge> meters = List.of();
    }
}
