package dev.forgeway.schedule;

import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.LostMetrics;
import dev.forgeway.metrics.Step;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.UnfinishedStore;
import dev.forgeway.store.UnfinishedStore.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds what the database says is to be done and no queue of the broker has a message of, because the broker lost it: an older
 * journal was restored, or a disk is gone. A message that moves from one queue to another while it is looked for may be
 * missed, so that something is lost only once it was missed in each of several looks, for a while. Should its message be
 * somewhere all the same, there are two, and whoever gets the second one finds that nothing is left to be done.
 */
@Component
public class LostMessages {

    private static final Logger LOG = LoggerFactory.getLogger(LostMessages.class);

    private static final int LOOKS = 3;

    /** The last news of a job comes as late as that, and a little later. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final UnfinishedStore unfinished;
    private final DeliveryStore deliveries;
    private final Queued queued;
    private final LostMetrics metrics;
    private final ScheduleSettings settings;
    private final Clock clock;
    private Map<String, Missed> missed = new HashMap<>();

    public LostMessages(
            UnfinishedStore unfinished,
            DeliveryStore deliveries,
            Queued queued,
            LostMetrics metrics,
            Settings settings,
            Clock clock) {
        this.unfinished = unfinished;
        this.deliveries = deliveries;
        this.queued = queued;
        this.metrics = metrics;
        this.settings = settings.schedule();
        this.clock = clock;
    }

    /**
     * A message that is gone.
     *
     * @param id of what it was about
     * @param queue where it belongs
     * @param priority that was decided for it; null for a delivery and a status, whose priority nobody decides
     */
    public record Lost(
            Kind kind, String id, String queue, @Nullable Integer priority) {}

    /** What is lost, in two groups: a delivery's message carries all of it, and the others only an id. */
    public record Found(List<Lost> deliveries, List<Lost> others) {}

    private record Missed(Instant since, int looks) {

        Missed again() {
            return new Missed(since, looks + 1);
        }
    }

    /** Looks once, and says what was missed for long enough; that is not said again for as long. */
    public synchronized Found look() {
        Instant now = clock.instant();
        Duration after = settings.lostMessages().after();
        Map<String, Missed> still = new HashMap<>();
        List<Lost> lost = new ArrayList<>();
        for (Lost absent : absent(now, now.minus(after))) {
            Missed before = missed.get(absent.id());
            Missed known = before == null ? new Missed(now, 1) : before.again();
            if (known.looks() >= LOOKS && !known.since().isAfter(now.minus(after))) {
                lost.add(absent);
            } else {
                still.put(absent.id(), known);
            }
        }
        missed = still;
        Map<Boolean, List<Lost>> groups =
                lost.stream().collect(Collectors.partitioningBy(one -> one.kind() == Kind.DELIVERY));
        return new Found(groups.getOrDefault(true, List.of()), groups.getOrDefault(false, List.of()));
    }

    private List<Lost> absent(Instant now, Instant before) {
        List<Lost> expected = new ArrayList<>();
        unfinished.deliveries(before).forEach(id -> expected.add(new Lost(Kind.DELIVERY, id, "deliveries", null)));
        unfinished
                .jobs(before)
                .forEach(job -> expected.add(new Lost(Kind.JOB, job.id(), "jobs." + job.handler(), job.priority())));
        Instant since = now.minus(settings.pending().limit()).minus(MARGIN);
        unfinished
                .statuses(since, before, now)
                .forEach(id -> expected.add(new Lost(Kind.STATUS, id, "statuses", null)));
        if (expected.isEmpty()) {
            return List.of();
        }
        Map<String, Set<String>> there =
                queued.ids(expected.stream().map(Lost::queue).collect(Collectors.toSet()));
        return expected.stream()
                .filter(one -> there.containsKey(one.queue())
                        && !there.getOrDefault(one.queue(), Set.of()).contains(one.id()))
                .toList();
    }

    /** Tells in the story of what is lost that its message comes again now. */
    public Lost tell(Lost lost) {
        StepLog.open();
        String detail = "no queue had its message any more; it is on " + lost.queue() + " again";
        Step step = new Step("schedule-lost-messages", "tell", clock.instant(), 0, "lost", detail);
        unfinished.tell(lost.kind(), lost.id(), step);
        metrics.found(lost.kind().wireName());
        LOG.warn(
                "The message of {} {} was lost; it is put on {} again",
                lost.kind().wireName(),
                lost.id(),
                lost.queue());
        return lost;
    }

    /** A lost delivery, which is no copy of itself. */
    public Receipt load(Lost lost) {
        Delivery delivery = deliveries.load(lost.id()).orElseThrow();
        return new Receipt(Receipt.Status.ACCEPTED, delivery.id(), delivery);
    }
}
