package dev.forgeway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How soon people see something, measured from the moment the delivery was received. */
@Component
public class ReportMetrics {

    private final MeterRegistry registry;

    public ReportMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** {@code forgeway_report_first_status_seconds}: a check or comment was shown for the first time. */
    public void firstShown(String forge, Duration sinceReceived) {
        registry.timer("forgeway.report.first.status", "forge", forge).record(sinceReceived);
    }

    /** {@code forgeway_report_last_status_seconds}: a check was shown in its final state. */
    public void lastShown(String forge, Duration sinceReceived) {
        registry.timer("forgeway.report.last.status", "forge", forge).record(sinceReceived);
    }

    /** {@code forgeway_report_call_seconds}: how long it took to show it, once it was its turn. */
    public void sent(String forge, String kind, Duration time) {
        registry.timer("forgeway.report.call", "forge", forge, "kind", kind.toLowerCase(Locale.ROOT))
                .record(time);
    }
}
