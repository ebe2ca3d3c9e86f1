package dev.forgeway.schedule;

import dev.forgeway.config.Settings;
import dev.forgeway.store.DeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets go of the keys by which copies are known, once no copy can be one any more: after two windows, since a copy may
 * have waited in a queue for a while before it is compared.
 */
@Component
public class DuplicateKeys {

    private static final Logger LOG = LoggerFactory.getLogger(DuplicateKeys.class);

    private final DeliveryStore deliveries;
    private final Duration remembered;
    private final Clock clock;
    private Instant forgottenUntil = Instant.EPOCH;

    public DuplicateKeys(DeliveryStore deliveries, Settings settings, Clock clock) {
        this.deliveries = deliveries;
        this.remembered = settings.decide().duplicateWindow().multipliedBy(2);
        this.clock = clock;
    }

    /** Only what has grown too old since the last time is looked at. */
    public synchronized void forget() {
        Instant until = clock.instant().minus(remembered);
        int forgotten = deliveries.forgetKeys(forgottenUntil, until);
        forgottenUntil = until;
        if (forgotten > 0) {
            LOG.info("Forgot the keys of {} deliveries from before {}", forgotten, until);
        }
    }
}
