package dev.forgeway.metrics;

import dev.forgeway.event.EventType;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code forgeway_decide_outcome_total{type,outcome,reason}}. */
@Component
public class DecideMetrics {

    private final MeterRegistry registry;

    public DecideMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts one decision.
     *
     * @param type null when the delivery never became an event
     */
    public void decided(@Nullable EventType type, String outcome, String reason) {
        String name = type == null ? "" : type.wireName();
        registry.counter("forgeway.decide.outcome", "type", name, "outcome", outcome, "reason", reason)
                .increment();
    }
}
