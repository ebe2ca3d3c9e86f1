package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** {@code forgeway_schedule_pending_asked_total{handler,result}}; tags come from closed sets. */
@Component
public class PendingMetrics {

    private final MeterRegistry registry;

    public PendingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts a question about the work of a job.
     *
     * @param result "news", "nothing", "failed", or "unknown" for work that the service does not know
     */
    public void asked(String handler, String result) {
        registry.counter("forgeway.schedule.pending.asked", "handler", handler, "result", result)
                .increment();
    }
}
