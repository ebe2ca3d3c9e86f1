package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * {@code forgeway_schedule_complete_until_timestamp_seconds{source}}, {@code forgeway_schedule_webhook_on{source}} and
 * {@code forgeway_schedule_missed_deliveries_total{source,state}}; sources come from the settings.
 */
@Component
public class GapMetrics {

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> completeUntil = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> webhooks = new ConcurrentHashMap<>();

    public GapMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Nothing that the source sent before this moment is missing, as far as it can be had. */
    public void completeUntil(String source, Instant until) {
        completeUntil.computeIfAbsent(source, this::gauge).set(until.toEpochMilli());
    }

    private AtomicLong gauge(String source) {
        AtomicLong until = new AtomicLong();
        TimeGauge.builder(
                        "forgeway.schedule.complete.until.timestamp",
                        until,
                        TimeUnit.MILLISECONDS,
                        AtomicLong::doubleValue)
                .description("Until when nothing of a source is missing, in seconds since 1970")
                .tag("source", source)
                .register(registry);
        return until;
    }

    /** Whether the sender of a source sends anything at all. */
    public void webhook(String source, boolean isOn) {
        webhooks.computeIfAbsent(source, this::webhookGauge).set(isOn ? 1 : 0);
    }

    private AtomicLong webhookGauge(String source) {
        AtomicLong on = new AtomicLong();
        Gauge.builder("forgeway.schedule.webhook.on", on, AtomicLong::doubleValue)
                .description("Whether a webhook is there and on")
                .tag("source", source)
                .register(registry);
        return on;
    }

    /**
     * Counts what never arrived.
     *
     * @param state "found", "recovered", "unwanted" or "lost"
     */
    public void missed(String source, String state, int count) {
        registry.counter("forgeway.schedule.missed.deliveries", "source", source, "state", state)
                .increment(count);
    }
}
