package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * {@code forgeway_schedule_retirement_installations} and {@code …_events}, in the process that looked last, and {@code
 * …_retired_total{action}}.
 */
@Component
public class RetirementMetrics {

    private final MeterRegistry registry;
    private final AtomicLong installations = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private volatile boolean looked;

    public RetirementMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** So many installations lead to nothing, and so many of their events found no package config. */
    public synchronized void listed(int count, long cost) {
        installations.set(count);
        events.set(cost);
        if (!looked) {
            looked = true;
            Gauge.builder("forgeway.schedule.retirement.installations", installations, AtomicLong::get)
                    .description("Installations of the App that lead to nothing")
                    .register(registry);
            Gauge.builder("forgeway.schedule.retirement.events", events, AtomicLong::get)
                    .description("Events of these installations that found no package config")
                    .register(registry);
        }
    }

    /** An installation was ended, or would have been. */
    public void retired(String action) {
        registry.counter("forgeway.schedule.retirement.retired", "action", action)
                .increment();
    }
}
