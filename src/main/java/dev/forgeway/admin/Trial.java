package dev.forgeway.admin;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.metrics.Step;
import dev.forgeway.store.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided about a delivery.
 *
 * @param jobs with their priorities
 * @param steps what each filter answers, and what is looked up
 */
public record Trial(
        Outcome outcome, @Nullable Reason reason, @Nullable String detail, List<Job> jobs, List<Step> steps) {}
