package dev.forgeway.schedule;

import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.metrics.RetentionMetrics;
import dev.forgeway.store.CompletenessStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.RetentionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Cleans up what is old: the bodies of deliveries first, then the steps of their stories, in the end the facts. It goes on in
 * small batches for some seconds, and with the next ones a while later.
 */
@Component
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    static final int BATCH = 200;

    /** Each kind of cleaning goes on for so long in a turn, whatever is left for the next one. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** As long as {@code /api/gaps} tells of it. */
    private static final Duration MISSED = Duration.ofDays(30);

    private final RetentionStore store;
    private final CompletenessStore missed;
    private final RetentionMetrics metrics;
    private final ScheduleSettings.Retention settings;
    private final Map<Outcome, Duration> ages;
    private final Clock clock;

    public Retention(
            RetentionStore store, CompletenessStore missed, RetentionMetrics metrics, Settings settings, Clock clock) {
        this.store = store;
        this.missed = missed;
        this.metrics = metrics;
        this.settings = settings.schedule().retention();
        this.ages = Map.of(
                Outcome.IGNORED, this.settings.ignored(),
                Outcome.DUPLICATE, this.settings.ignored(),
                Outcome.FILTERED, this.settings.filtered(),
                Outcome.DISPATCHED, this.settings.dispatched(),
                Outcome.PARKED, this.settings.parked());
        this.clock = clock;
    }

    /** Bodies are large, and are needed for replay only. */
    public void dropBodies() {
        thinOut(RetentionStore.Kind.BODIES, settings.bodies());
    }

    /** Steps tell how it happened; what happened stays. */
    public void dropSteps() {
        thinOut(RetentionStore.Kind.STEPS, settings.steps());
    }

    private void thinOut(RetentionStore.Kind kind, Duration age) {
        Instant before = clock.instant().minus(age);
        long end = end();
        int sum = 0;
        int batch = BATCH;
        while (batch == BATCH && System.nanoTime() < end) {
            batch = store.thinOut(kind, before, BATCH);
            sum += batch;
        }
        cleaned(kind.name().toLowerCase(Locale.ROOT), sum);
    }

    /**
     * Deletes deliveries with all that belongs to them; those that are queued, or have jobs that are, stay. The outcomes
     * take turns, so that a backlog of one holds up no other.
     */
    public void deleteDeliveries() {
        List<Cleaning> all = new ArrayList<>();
        ages.forEach(
                (outcome, age) -> all.add(new Cleaning(outcome, clock.instant().minus(age))));
        List<Cleaning> open = new ArrayList<>(all);
        long end = end();
        while (!open.isEmpty() && System.nanoTime() < end) {
            open.removeIf(cleaning -> !cleaning.deletesABatch());
        }
        all.forEach(cleaning -> cleaned(cleaning.outcome.wireName(), cleaning.sum));
    }

    private static long end() {
        return System.nanoTime() + LONGEST.toNanos();
    }

    /** How far one turn is with the deliveries of an outcome. */
    private final class Cleaning {

        private final Outcome outcome;
        private final Instant before;
        private String last = "";
        private int sum;

        Cleaning(Outcome outcome, Instant before) {
            this.outcome = outcome;
            this.before = before;
        }

        /** Returns whether there may be more. */
        boolean deletesABatch() {
            List<String> batch = store.old(outcome, before, last, BATCH);
            if (batch.isEmpty()) {
                return false;
            }
            store.delete(batch);
            sum += batch.size();
            last = batch.get(batch.size() - 1);
            return batch.size() == BATCH;
        }
    }

    /** Forgets what was missed long ago, whatever sources are looked at now; what is still to be fetched stays. */
    public void forgetMissed() {
        missed.forget(clock.instant().minus(MISSED));
    }

    private void cleaned(String kind, int deliveries) {
        if (deliveries > 0) {
            metrics.cleaned(kind, deliveries);
            LOG.info("Cleaned {} deliveries: {}", deliveries, kind);
        }
    }
}
