package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/** {@code forgeway_paused{kind}}, and {@code forgeway_queue_paused{queue}}; projects are counted, not named. */
@Component
public class PauseMetrics {

    private final MeterRegistry registry;

    public PauseMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Whether a person wants nobody to take from a queue. */
    public void queuePaused(String queue, BooleanSupplier isPaused) {
        Gauge.builder("forgeway.queue.paused", isPaused, paused -> paused.getAsBoolean() ? 1 : 0)
                .description("Whether the handler of a queue is paused")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
    }

    /**
     * So many of a kind are paused.
     *
     * @param kind "handler", "source" or "project"
     */
    public void paused(String kind, IntSupplier count) {
        Gauge.builder("forgeway.paused", count, IntSupplier::getAsInt)
                .description("How many handlers, sources or projects are paused")
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }
}
