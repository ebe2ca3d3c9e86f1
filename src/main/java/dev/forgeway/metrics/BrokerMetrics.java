package dev.forgeway.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code forgeway_broker_disk_used_ratio}, as it was seen last; there is none while the broker does not tell. */
@Component
public class BrokerMetrics {

    private final MeterRegistry registry;
    private final AtomicReference<@Nullable Double> used = new AtomicReference<>();
    private @Nullable Gauge gauge;

    public BrokerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How much of the broker's disk is used now, of 1. */
    public synchronized void seen(double ratio) {
        used.set(ratio);
        if (gauge == null) {
            gauge = Gauge.builder("forgeway.broker.disk.used", used, last -> requireNonNull(last.get()))
                    .description("How much of the disk of the broker's journal is used, of 1")
                    .baseUnit("ratio")
                    .register(registry);
        }
    }

    /** The broker does not tell; there is no number until it does. */
    public synchronized void unseen() {
        if (gauge != null) {
            registry.remove(gauge);
            gauge = null;
        }
    }
}
