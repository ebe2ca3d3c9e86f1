package dev.forgeway.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.CheckState;
import dev.forgeway.metrics.Step;
import dev.forgeway.store.Link;
import dev.forgeway.store.Pause;
import dev.forgeway.store.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API tells it.
 *
 * @param paused what a person paused that the job waits for; null for nothing
 */
public record JobView(
        String id,
        String deliveryId,
        String handler,
        String trigger,
        @JsonProperty("package") @Nullable String packageName,
        List<String> targets,
        Map<String, String> targetStates,
        int priority,
        List<String> priorityReasons,
        String state,
        int attempts,
        @Nullable String outcome,
        @Nullable String detail,
        @Nullable String paused,
        @Nullable String externalId,
        List<Link> links,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<Step> steps) {

    /** @param pauses all that there are */
    static JobView of(StoredJob stored, List<Pause> pauses) {
        Job job = stored.job();
        return new JobView(
                job.id(),
                job.deliveryId(),
                job.handler(),
                job.trigger(),
                job.packageName(),
                job.targets(),
                stored.targets().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> lower(entry.getValue()))),
                job.priority(),
                job.priorityReasons(),
                job.state().name().toLowerCase(Locale.ROOT),
                job.attempts(),
                stored.outcome(),
                stored.detail(),
                pauses.stream()
                        .filter(pause -> holds(pause, job))
                        .map(Pause::told)
                        .findFirst()
                        .orElse(null),
                job.externalId(),
                stored.links(),
                stored.queuedAt(),
                stored.startedAt(),
                stored.endedAt(),
                stored.steps());
    }

    private static boolean holds(Pause pause, Job job) {
        return job.state() == Job.State.QUEUED
                && switch (pause.kind()) {
                    case HANDLER -> pause.name().equals(job.handler());
                    case PROJECT -> pause.name().equals(job.projectKey()) && job.begins();
                    case SOURCE -> false;
                };
    }

    private static String lower(CheckState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
