package dev.forgeway.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the handlers.
 *
 * @param shortConcurrency how many short jobs run at the same time
 * @param longConcurrency how many long jobs run at the same time
 */
public record HandleSettings(
        @DefaultValue("8") @Min(1) @Max(1000) int shortConcurrency,
        @DefaultValue("2") @Min(1) @Max(1000) int longConcurrency) {}
