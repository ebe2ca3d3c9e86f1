package dev.forgeway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** {@code forgeway_role{role}}: what this process does, so that a part of the work that nobody does any more is noticed. */
@Component
public class RoleMetrics {

    private final MeterRegistry registry;

    public RoleMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** This process works on its part from now on. */
    public void works(String role) {
        Gauge.builder("forgeway.role", () -> 1)
                .description("1 for each role of this process")
                .tag("role", role)
                .strongReference(true)
                .register(registry);
    }
}
