package dev.forgeway.config;

import jakarta.validation.Valid;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of periodic work.
 *
 * @param interval how often it is looked whether there is something to do
 */
public record ScheduleSettings(
        @DefaultValue("60s") Duration interval,
        @DefaultValue @Valid Pending pending) {

    /**
     * What runs elsewhere for jobs, when nobody tells what becomes of it.
     *
     * @param quiet how long nothing was told before the service is asked
     * @param longestInterval how long it is left alone at most; the time doubles with each question
     * @param limit how long a job waits before it ends as an error
     */
    public record Pending(
            @DefaultValue("5m") Duration quiet,
            @DefaultValue("1h") Duration longestInterval,
            @DefaultValue("7d") Duration limit) {}
}
