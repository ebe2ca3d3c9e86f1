package dev.forgeway.schedule;

import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.PendingMetrics;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.PendingStore;
import dev.forgeway.store.PendingStore.Pending;
import dev.forgeway.store.StoredJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks after jobs that wait for something elsewhere of which nobody tells anything: a message may be lost. The service
 * is asked in growing intervals; what takes longer than the limit is given up.
 */
@Component
public class PendingWork {

    private static final Logger LOG = LoggerFactory.getLogger(PendingWork.class);

    /** So many jobs of a handler are asked about at a time; the others come next. */
    private static final int MOST = 100;

    private static final int MOST_DOUBLINGS = 20;

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Map<String, PendingService> services;
    private final PendingStore pending;
    private final JobStore jobs;
    private final PendingMetrics metrics;
    private final ScheduleSettings.Pending settings;
    private final Clock clock;
    private final Map<String, Outage> outages = new ConcurrentHashMap<>();

    /** A service has been asked in vain since a time, and for the last time at another. */
    private record Outage(Instant since, Instant last) {}

    public PendingWork(
            List<PendingService> services,
            PendingStore pending,
            JobStore jobs,
            PendingMetrics metrics,
            Settings settings,
            Clock clock) {
        this.services = services.stream().collect(Collectors.toMap(PendingService::handler, Function.identity()));
        this.pending = pending;
        this.jobs = jobs;
        this.metrics = metrics;
        this.settings = settings.schedule().pending();
        this.clock = clock;
    }

    /** The jobs whose service is to be asked now, and those that were given up before a crash. */
    public List<Pending> due() {
        pending.forgetEnded();
        Instant now = clock.instant();
        List<Pending> due = new ArrayList<>(pending.givenUp(MOST));
        for (String handler : services.keySet()) {
            due.addAll(pending.quiet(handler, now.minus(settings.quiet()), now, MOST));
        }
        return due;
    }

    /**
     * Asks the service of a job; one that cannot say now is asked again later, and about its other jobs in the next turn: those
     * of other services do not wait until it was asked in vain about each.
     */
    public PendingAnswer ask(Pending due) {
        StepLog.open();
        Instant now = clock.instant();
        if (due.givenUp() != null) {
            return new PendingAnswer(due, List.of(), now);
        }
        StoredJob job = jobs.find(due.jobId()).orElseThrow();
        String handler = job.job().handler();
        Outage before = outages.get(handler);
        if (before != null && now.isBefore(before.last().plus(AFTER_FAILURE))) {
            return new PendingAnswer(due, List.of(), now);
        }
        outages.remove(handler);
        try {
            List<Delivery> news = Objects.requireNonNull(services.get(handler)).ask(job);
            metrics.asked(handler, news.isEmpty() ? "nothing" : "news");
            return news.isEmpty()
                    ? answer(due, now, null, "is not done")
                    : new PendingAnswer(
                            due.again(), news.stream().map(PendingWork::receipt).toList(), next(due, now));
        } catch (TransientException e) {
            metrics.asked(handler, "failed");
            Outage outage =
                    before != null && goesOn(before, now) ? new Outage(before.since(), now) : new Outage(now, now);
            outages.put(handler, outage);
            LOG.warn("{} does not tell how job {} stands: {}", handler, due.jobId(), e.getMessage());
            // that we slept, or were down, until the limit was over says nothing of the work
            return outage.since().plus(settings.longestInterval()).isAfter(now)
                    ? later(due, now, e.retryAt())
                    : answer(due, now, e.retryAt(), "cannot be asked");
        } catch (UserErrorException e) {
            metrics.asked(handler, "unknown");
            return givenUp(due, now, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // a defect of ours keeps nobody waiting for ever
            metrics.asked(handler, "failed");
            LOG.error("What {} tells of job {} cannot be understood", handler, due.jobId(), e);
            return answer(due, now, null, "cannot be understood");
        }
    }

    /** Not when so long passed since the last question in vain that one would have been asked meanwhile. */
    private boolean goesOn(Outage before, Instant now) {
        return !before.last().plus(settings.longestInterval().multipliedBy(2)).isBefore(now);
    }

    private PendingAnswer answer(Pending due, Instant now, @Nullable Instant retryAt, String how) {
        if (due.since().plus(settings.limit()).isBefore(now)) {
            return givenUp(due, now, "No result after " + words(settings.limit()) + "; the service " + how + ".");
        }
        return later(due, now, retryAt);
    }

    private PendingAnswer later(Pending due, Instant now, @Nullable Instant retryAt) {
        Instant next = next(due, now);
        return new PendingAnswer(due.again(), List.of(), retryAt != null && retryAt.isAfter(next) ? retryAt : next);
    }

    private static PendingAnswer givenUp(Pending due, Instant now, String why) {
        LOG.warn("Job {} is given up: {}", due.jobId(), why);
        return new PendingAnswer(new Pending(due.jobId(), due.since(), due.asked() + 1, why), List.of(), now);
    }

    private static String words(Duration limit) {
        if (limit.toDays() > 1) {
            return limit.toDays() + " days";
        }
        return limit.toHours() > 1 ? limit.toHours() + " hours" : limit.toMinutes() + " minutes";
    }

    private Instant next(Pending due, Instant now) {
        Duration doubled = settings.quiet().multipliedBy(1L << Math.min(due.asked(), MOST_DOUBLINGS));
        boolean isLong = doubled.compareTo(settings.longestInterval()) > 0;
        return now.plus(isLong ? settings.longestInterval() : doubled);
    }

    private static Receipt receipt(Delivery delivery) {
        return new Receipt(Receipt.Status.ACCEPTED, delivery.id(), delivery);
    }

    /** Begins the story of one delivery. */
    public Receipt tell(Receipt receipt) {
        StepLog.open();
        StepLog.note("asked", Objects.requireNonNull(receipt.delivery()).eventName());
        return receipt;
    }

    /** Remembers what came of a question, now that all that was told is durable. */
    public PendingAnswer remember(PendingAnswer answer) {
        pending.asked(answer.job(), clock.instant(), answer.next());
        return answer;
    }

    /** Whoever waited for a job that was given up was told. */
    public void forget(String jobId) {
        pending.forget(jobId);
        StepLog.close();
    }
}
