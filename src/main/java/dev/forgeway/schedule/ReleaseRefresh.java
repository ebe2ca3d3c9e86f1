package dev.forgeway.schedule;

import dev.forgeway.config.Settings;
import dev.forgeway.error.TransientException;
import dev.forgeway.metrics.ReleaseMetrics;
import dev.forgeway.service.bodhi.Bodhi;
import dev.forgeway.service.bodhi.BodhiRelease;
import dev.forgeway.store.ActiveReleases;
import dev.forgeway.store.ReleaseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the active releases as Bodhi tells them, so that no event has to wait for Bodhi. What it told last stays while it
 * does not answer.
 */
@Component("releaseRefresh")
public class ReleaseRefresh {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseRefresh.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    private final Bodhi bodhi;
    private final ReleaseStore store;
    private final ReleaseMetrics metrics;
    private final Duration interval;
    private final Clock clock;
    private Instant next = Instant.MIN;

    public ReleaseRefresh(Bodhi bodhi, ReleaseStore store, ReleaseMetrics metrics, Settings settings, Clock clock) {
        this.bodhi = bodhi;
        this.store = store;
        this.metrics = metrics;
        this.interval = settings.service().bodhi().releasesInterval();
        this.clock = clock;
    }

    /** Asks Bodhi when it is time: after the interval, by whichever process it comes first; called by a route. */
    public synchronized void refresh() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        Instant told = store.find().map(ActiveReleases::toldAt).orElse(null);
        if (told != null) {
            metrics.told(told);
            next = told.plus(interval);
            if (now.isBefore(next)) {
                return;
            }
        } else {
            metrics.neverTold(now);
        }
        ask(now);
    }

    private void ask(Instant now) {
        try {
            List<BodhiRelease> releases = bodhi.releases();
            store.put(BodhiReleases.active(releases, now));
            metrics.told(now);
            next = now.plus(interval);
        } catch (TransientException e) {
            next = now.plus(interval.compareTo(AFTER_FAILURE) < 0 ? interval : AFTER_FAILURE);
            LOG.warn(
                    "The releases of Fedora and EPEL stay as they were known last, next try at {}: {}",
                    next,
                    e.getMessage());
        }
    }
}
