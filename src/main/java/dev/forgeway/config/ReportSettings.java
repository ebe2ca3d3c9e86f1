package dev.forgeway.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the reports to forges.
 *
 * @param concurrency how many reports are sent at the same time
 * @param claimLease how long a report that a process has begun is left to it
 * @param progressInterval how long at least a check keeps what it shows until something else is shown that is not its end
 */
public record ReportSettings(
        @DefaultValue("16") @Min(1) @Max(1000) int concurrency,
        @DefaultValue("60s") Duration claimLease,
        @DefaultValue("10s") Duration progressInterval) {}
