package dev.forgeway.service.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpHeaders;

/** Counts and times outbound calls, and keeps the last budget that a service told. */
final class ServiceMeters {

    private static final Set<String> RESOURCES = Set.of("core", "graphql", "search");

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> remaining = new ConcurrentHashMap<>();

    ServiceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void called(ServiceCall call, CallResult result, Duration took) {
        Tags tags = Tags.of("forge", call.service(), "operation", call.operation(), "result", result.wireName());
        Counter.builder("forgeway.forge.calls")
                .description("Calls to forges and services, by how they ended")
                .tags(tags)
                .register(registry)
                .increment();
        Timer.builder("forgeway.forge.call")
                .description("How long calls to forges and services take")
                .tags(tags)
                .register(registry)
                .record(took);
    }

    void budget(ServiceCall call, HttpHeaders headers) {
        String value = headers.getFirst("x-ratelimit-remaining");
        if (value == null || !value.matches("\\d{1,9}")) {
            return;
        }
        String named = headers.getFirst("x-ratelimit-resource");
        String resource = named != null && RESOURCES.contains(named) ? named : "other";
        remaining
                .computeIfAbsent(call.service() + " " + resource, key -> gauge(call.service(), resource))
                .set(Long.parseLong(value));
    }

    private AtomicLong gauge(String service, String resource) {
        AtomicLong last = new AtomicLong();
        Gauge.builder("forgeway.forge.budget.remaining", last, AtomicLong::doubleValue)
                .description("Calls that the service said are left, as of its last answer")
                .tags("forge", service, "resource", resource)
                .register(registry);
        return last;
    }
}
