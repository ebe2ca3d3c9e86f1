package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** {@code forgeway_schedule_lost_messages_total{kind}}; tags come from closed sets. */
@Component
public class LostMetrics {

    private final MeterRegistry registry;

    public LostMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts a message that the broker lost.
     *
     * @param kind "delivery", "job" or "status"
     */
    public void found(String kind) {
        registry.counter("forgeway.schedule.lost.messages", "kind", kind).increment();
    }
}
