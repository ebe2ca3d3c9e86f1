package dev.forgeway.dispatch;

import dev.forgeway.dispatch.Workload.Activity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How much each namespace asked for in the last days. Jobs are counted in memory and stored every ten seconds, and what
 * is stored is looked up once in a while for a namespace; a kill loses the counts of some seconds, which only a bonus
 * depends on.
 */
@Component
public class ActiveNamespaces implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveNamespaces.class);

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 10_000;

    private final Workload store;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counted = new ConcurrentHashMap<>();
    private final ReentrantLock storing = new ReentrantLock();
    private volatile Instant nextStore;

    private record Known(Activity activity, Instant until) {}

    public ActiveNamespaces(Workload store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.nextStore = clock.instant().plus(INTERVAL);
    }

    /** What a namespace asked for before, all processes together. */
    Activity activity(String namespace) {
        Instant now = clock.instant();
        Known found = known.get(namespace);
        if (found == null || !now.isBefore(found.until())) {
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            found = new Known(store.activity(namespace, today()), now.plus(FRESH));
            known.put(namespace, found);
        }
        AtomicInteger more = counted.get(namespace);
        int jobs = more == null ? 0 : more.get();
        Activity stored = found.activity();
        return new Activity(stored.day() + jobs, stored.week() + jobs, stored.month() + jobs);
    }

    /** Counts jobs that a namespace asked for. */
    void count(String namespace, int jobs) {
        counted.computeIfAbsent(namespace, key -> new AtomicInteger()).addAndGet(jobs);
        if (!clock.instant().isBefore(nextStore) && storing.tryLock()) {
            try {
                store();
            } finally {
                storing.unlock();
            }
        }
    }

    private void store() {
        nextStore = clock.instant().plus(INTERVAL);
        Map<String, Integer> jobs = new HashMap<>();
        counted.forEach((namespace, count) -> {
            int sum = count.getAndSet(0);
            if (sum > 0) {
                jobs.put(namespace, sum);
                known.computeIfPresent(
                        namespace, (key, found) -> new Known(plus(found.activity(), sum), found.until()));
            }
        });
        if (counted.size() >= MOST_KNOWN) {
            counted.values().removeIf(count -> count.get() == 0);
        }
        if (!jobs.isEmpty()) {
            add(jobs);
        }
    }

    /** A bonus is no reason to try a delivery again: what cannot be stored now is stored with the next. */
    private void add(Map<String, Integer> jobs) {
        try {
            store.addActivity(jobs, today());
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The jobs of {} namespaces are counted later: {}", jobs.size(), e.getMessage());
            jobs.forEach((namespace, sum) -> {
                counted.computeIfAbsent(namespace, key -> new AtomicInteger()).addAndGet(sum);
                known.computeIfPresent(
                        namespace, (key, found) -> new Known(plus(found.activity(), -sum), found.until()));
            });
        }
    }

    private static Activity plus(Activity activity, int jobs) {
        return new Activity(activity.day() + jobs, activity.week() + jobs, activity.month() + jobs);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public void destroy() {
        storing.lock();
        try {
            store();
        } finally {
            storing.unlock();
        }
    }
}
