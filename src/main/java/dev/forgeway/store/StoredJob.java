package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.CheckState;
import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job and what became of it.
 *
 * @param outcome "succeeded", "failed", "error", "skipped" or "canceled"; null until the job is done
 * @param detail one sentence for people: what came out, or the error of the last attempt
 * @param targets how each target stands
 */
public record StoredJob(
        Job job,
        @Nullable String outcome,
        @Nullable String detail,
        List<Link> links,
        List<Step> steps,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Map<String, CheckState> targets) {

    /** Where people see what runs for it; null until something does. */
    public @Nullable String url() {
        return links.stream().findFirst().map(Link::url).orElse(null);
    }
}
