package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code forgeway_schedule_releases_age_seconds}, in processes that ask for releases. */
@Component
public class ReleaseMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();

    public ReleaseMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** The releases are as they were told at this moment. */
    public void told(Instant at) {
        if (since.getAndSet(at) == null) {
            register();
        }
    }

    /** Nothing was told yet; the age counts from the first of these moments. */
    public void neverTold(Instant now) {
        if (since.compareAndSet(null, now)) {
            register();
        }
    }

    private void register() {
        TimeGauge.builder("forgeway.schedule.releases.age", this, TimeUnit.MILLISECONDS, ReleaseMetrics::age)
                .description("How long ago the active releases were told")
                .strongReference(true)
                .register(registry);
    }

    private double age() {
        Instant start = since.get();
        return start == null
                ? Double.NaN
                : Duration.between(start, clock.instant()).toMillis();
    }
}
