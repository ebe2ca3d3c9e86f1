package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** {@code forgeway_queue_wait_seconds{queue,priority}} and {@code forgeway_handle_seconds{handler,trigger,outcome}}. */
@Component
public class HandleMetrics {

    private final MeterRegistry registry;

    public HandleMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How long a job's message waited on its queue. */
    public void waited(String handler, int priority, Duration time) {
        registry.timer("forgeway.queue.wait", "queue", "jobs." + handler, "priority", Integer.toString(priority))
                .record(time);
    }

    /** How long an attempt at a job took, and what came out. */
    public void handled(String handler, String trigger, String outcome, Duration time) {
        registry.timer("forgeway.handle", "handler", handler, "trigger", trigger, "outcome", outcome)
                .record(time);
    }
}
