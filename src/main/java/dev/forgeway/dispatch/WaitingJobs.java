package dev.forgeway.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * The backlog of all processes, as it was about a second ago, and what this one has added since. One thread looks while
 * the others go on with what was seen last; looking never takes more than a twentieth of its time.
 */
@Component
public class WaitingJobs {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int PAUSE_FOR_WORK = 20;

    private final Workload store;
    private final Clock clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Backlog backlog = new Backlog();
    private volatile Instant nextLook = Instant.EPOCH;

    public WaitingJobs(Workload store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Backlog backlog() {
        if (!clock.instant().isBefore(nextLook) && looking.tryLock()) {
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
        return backlog;
    }

    private void look() {
        Instant began = clock.instant();
        Backlog seen = new Backlog();
        store.waiting().forEach(jobs -> seen.add(jobs.project(), jobs.pullRequest(), jobs.priority(), jobs.jobs()));
        backlog = seen;
        Duration pause = Duration.between(began, clock.instant()).multipliedBy(PAUSE_FOR_WORK);
        nextLook = clock.instant().plus(pause.compareTo(FRESH) > 0 ? pause : FRESH);
    }
}
