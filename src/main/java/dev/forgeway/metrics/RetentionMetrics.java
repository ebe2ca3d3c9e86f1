package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** {@code forgeway_schedule_retention_deliveries_total{kind}}; tags come from closed sets. */
@Component
public class RetentionMetrics {

    private final MeterRegistry registry;

    public RetentionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts deliveries that were cleaned.
     *
     * @param kind "bodies" or "steps" for what they lost, or the outcome of those that were deleted
     */
    public void cleaned(String kind, int deliveries) {
        registry.counter("forgeway.schedule.retention.deliveries", "kind", kind).increment(deliveries);
    }
}
