package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.metrics.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was decided about a delivery, stored in one transaction.
 *
 * @param sighting what was learned of the project's package config; null when nothing was looked for
 */
public record Conclusion(
        String deliveryId,
        Outcome outcome,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable Event event,
        @Nullable String projectKey,
        List<Step> steps,
        List<Job> jobs,
        List<Wanted> reports,
        @Nullable ConfigSighting sighting) {}
