package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.springframework.stereotype.Component;

/** {@code forgeway_ingest_deliveries_total{source,event,result}}; tags come from closed sets. */
@Component
public class IngestMetrics {

    private static final String NAME = "forgeway.ingest.deliveries";
    private static final Set<String> SOURCES = Set.of(
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

    /** Sources whose senders name their events as they like. */
    private static final Set<String> FREE_NAMES = Set.of("standard", "cloudevents");

    private final MeterRegistry registry;

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts what became of an authentic delivery; only events that somebody wants are told apart. */
    public void received(String source, String event, String result) {
        String known = FREE_NAMES.contains(source) ? "" : event;
        registry.counter(NAME, "source", source, "event", known, "result", result)
                .increment();
    }

    /** Counts what was no authentic delivery, by the HTTP status that it was answered with. */
    public void refused(String source, int status) {
        String known = SOURCES.contains(source) ? source : "unknown";
        registry.counter(NAME, "source", known, "event", "", "result", Integer.toString(status))
                .increment();
    }
}
