package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** {@code forgeway_ingest_deliveries_total{source,event,result}}; tags come from closed sets. */
@Component
public class IngestMetrics {

    private static final String NAME = "forgeway.ingest.deliveries";
    /** All sources, by their wire names. */
    public static final Set<String> SOURCES = Set.of(
            "github",
            "gitlab",
            "forgejo",
            "pagure",
            "testing-farm",
            "standard",
            "cloudevents",
            "amqp",
            "fedora-messaging",
            "mqtt");

    /** Sources whose senders name their events, or topics, as they like. */
    private static final Set<String> FREE_NAMES = Set.of("standard", "cloudevents", "amqp", "fedora-messaging", "mqtt");

    private static final String LAST_MESSAGE = "forgeway.ingest.last.message.timestamp";
    private static final String BUS_SINCE = "forgeway.ingest.bus.since.timestamp";

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> lastHeard = new ConcurrentHashMap<>();

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts what became of an authentic delivery; only events that somebody wants are told apart. */
    public void received(String source, String event, String result) {
        String known = FREE_NAMES.contains(source) ? "" : event;
        registry.counter(NAME, "source", source, "event", known, "result", result)
                .increment();
    }

    /**
     * This process is to consume a bus from now on: {@code forgeway_ingest_bus_since_timestamp_seconds{source}}, so that one that
     * never says anything is told from one that is not there.
     */
    public void consumes(String source) {
        timestamp(BUS_SINCE, "Since when a process is to consume a bus, in seconds since 1970", source)
                .set(System.currentTimeMillis());
    }

    /** A bus said something, wanted or not: {@code forgeway_ingest_last_message_timestamp_seconds{source}}. */
    public void heard(String source) {
        lastHeard.computeIfAbsent(source, this::lastMessage).set(System.currentTimeMillis());
    }

    /** When a bus last said something, since this process began. */
    public Optional<Instant> lastHeard(String source) {
        return Optional.ofNullable(lastHeard.get(source)).map(at -> Instant.ofEpochMilli(at.get()));
    }

    private AtomicLong lastMessage(String source) {
        return timestamp(LAST_MESSAGE, "When a bus last said something, in seconds since 1970", source);
    }

    private AtomicLong timestamp(String name, String description, String source) {
        AtomicLong at = new AtomicLong();
        TimeGauge.builder(name, at, TimeUnit.MILLISECONDS, AtomicLong::doubleValue)
                .strongReference(true)
                .description(description)
                .tag("source", source)
                .register(registry);
        return at;
    }

    /** Counts what was no authentic delivery, by the HTTP status that it was answered with. */
    public void refused(String source, int status) {
        String known = SOURCES.contains(source) ? source : "unknown";
        registry.counter(NAME, "source", known, "event", "", "result", Integer.toString(status))
                .increment();
    }
}
