package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/** {@code forgeway_paused{kind}}; projects are counted, not named. */
@Component
public class PauseMetrics {

    private final MeterRegistry registry;

    public PauseMetrics(MeterRegistry registry) {
        this.registry = registry;
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
