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
 */
public record ReportSettings(
        @DefaultValue("16") @Min(1) @Max(1000) int concurrency,
        @DefaultValue("60s") Duration claimLease) {}
