package dev.forgeway.admin;

import dev.forgeway.admin.ShadowReplay.Change;
import dev.forgeway.admin.ShadowReplay.Changed;
import dev.forgeway.dispatch.Job;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.StoredDelivery;
import dev.forgeway.store.StoredJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tries stored deliveries again without doing anything, and says what would be decided now. */
@Component
public class Replays {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
    private static final int MOST = 500;

    /** Proxies wait for a minute. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String PRIORITY = "priority";

    private final DeliveryStore deliveries;
    private final JobStore jobs;
    private final Trials trials;
    private final AdminApi api;
    private final Clock clock;

    public Replays(DeliveryStore deliveries, JobStore jobs, Trials trials, AdminApi api, Clock clock) {
        this.clock = clock;
        this.deliveries = deliveries;
        this.jobs = jobs;
        this.trials = trials;
        this.api = api;
    }

    /** What {@link DeadLetters#replay} would do. */
    public DryRun dryRun(@Nullable String authorization, String id) {
        api.requireToken(authorization);
        return tried(id);
    }

    private DryRun tried(String id) {
        StoredDelivery stored = deliveries.find(id).orElseThrow(() -> Problem.notFound("no delivery " + id));
        Delivery delivery =
                deliveries.load(id).orElseThrow(() -> Problem.notFound("the body of delivery " + id + " is not kept"));
        List<Job> jobs = this.jobs.ofDelivery(id).stream()
                .map(StoredJob::job)
                .filter(job -> job.subscription() == null)
                .toList();
        Decided was = Decided.of(stored.outcome(), stored.reason(), stored.detail(), jobs);
        Trial trial = trials.decide(delivery.anew(clock.instant()));
        Decided would = Decided.of(trial.outcome(), trial.reason(), trial.detail(), trial.jobs());
        return new DryRun(id, was, would, Difference.between(was, would), trial.steps());
    }

    /**
     * Tries the deliveries of a time whose bodies are kept, the oldest first, until it took so long that whoever asked may not
     * wait for it any more.
     *
     * @param parameters {@code from} and {@code to} (ISO 8601), {@code after} (where an earlier call ended), {@code limit}
     *     (50, at most 500) and {@code dryRun}, which has to be true
     */
    public ShadowReplay shadow(@Nullable String authorization, Map<String, String> parameters) {
        api.requireToken(authorization);
        if (!AdminApi.flag(parameters, "dryRun")) {
            throw Problem.badRequest("dryRun must be true: a whole time is never replayed for good");
        }
        Instant from = instant(parameters, "from");
        Instant to = instant(parameters, "to");
        int limit = Math.max(1, Math.min(AdminApi.limit(parameters), MOST));
        List<String> ids = deliveries.replayable(from, to, parameters.getOrDefault("after", ""), limit);
        Summary summary = new Summary();
        Instant end = clock.instant().plus(LONGEST);
        int replayed = 0;
        while (replayed < ids.size() && (replayed == 0 || clock.instant().isBefore(end))) {
            summary.add(ids.get(replayed++), this::tried);
        }
        boolean isAll = replayed == ids.size() && ids.size() < limit;
        String next = isAll ? null : ids.get(replayed - 1);
        return new ShadowReplay(
                from, to, replayed, summary.same, summary.failed, summary.changes(), summary.changed, next);
    }

    private static Instant instant(Map<String, String> parameters, String name) {
        Instant time = AdminApi.time(parameters, name);
        if (time == null) {
            throw Problem.badRequest(name + " must say a time like 2026-11-24T12:00:00Z");
        }
        return time;
    }

    /** A priority depends on what waits at the moment, so that it alone makes no other decision. */
    private static final class Summary {

        private int same;
        private int failed;
        private final List<Changed> changed = new ArrayList<>();
        private final Map<Difference, Integer> counts = new HashMap<>();

        void add(String id, Function<String, DryRun> trial) {
            try {
                List<Difference> differences = trial.apply(id).differences().stream()
                        .filter(difference -> !difference.what().equals(PRIORITY))
                        .toList();
                differences.forEach(difference -> counts.merge(difference, 1, Integer::sum));
                if (differences.isEmpty()) {
                    same++;
                } else {
                    changed.add(new Changed(id, differences));
                }
            } catch (Problem e) {
                LOG.warn("Delivery {} cannot be decided now: {}", id, e.getMessage());
                failed++;
            }
        }

        List<Change> changes() {
            return counts.entrySet().stream()
                    .map(count -> new Change(
                            count.getKey().what(),
                            count.getKey().was(),
                            count.getKey().would(),
                            count.getValue()))
                    .sorted(Comparator.comparing(Change::deliveries).reversed().thenComparing(Change::toString))
                    .toList();
        }
    }
}
