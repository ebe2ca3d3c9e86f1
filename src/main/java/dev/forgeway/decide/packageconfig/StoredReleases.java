package dev.forgeway.decide.packageconfig;

import dev.forgeway.store.ActiveReleases;
import dev.forgeway.store.ReleaseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * The releases that a process with the role {@code schedule} was told last; those that are shipped until then. The
 * database is read at most once a minute.
 */
@Component
public final class StoredReleases implements KnownReleases {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private record Seen(Releases releases, Instant at) {}

    private final ReleaseStore store;
    private final Clock clock;
    private final Releases shipped = Releases.shipped();
    private volatile Seen latest = new Seen(shipped, Instant.MIN);

    public StoredReleases(ReleaseStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Releases now() {
        Instant now = clock.instant();
        Seen seen = latest;
        if (!now.isBefore(seen.at().plus(FRESH))) {
            seen = new Seen(store.find().map(this::merged).orElse(shipped), now);
            latest = seen;
        }
        return seen.releases();
    }

    /** Bodhi does not know the other distributions. */
    private Releases merged(ActiveReleases active) {
        return new Releases(
                active.fedoraStable(),
                active.fedoraBranched(),
                active.epel(),
                shipped.centosStream(),
                shipped.opensuseLeap());
    }
}
