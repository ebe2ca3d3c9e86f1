package dev.forgeway.camel;

import dev.forgeway.config.Settings;
import org.springframework.stereotype.Component;

/**
 * How many consumers of a queue with two priorities leave the higher one to the others, so that the lower one moves however
 * much there is of the higher: one for ten of the others, when most of those work, which is more than 5 % of all.
 */
@Component("lowerConsumers")
public class LowerConsumers {

    private static final int ONE_FOR = 10;

    private final Settings settings;

    LowerConsumers(Settings settings) {
        this.settings = settings;
    }

    /** Of queue {@code deliveries}. */
    public int ofDeliveries() {
        return beside(settings.decide().burstConcurrency());
    }

    /** Of queue {@code statuses}. */
    public int ofStatuses() {
        return beside(settings.report().concurrency());
    }

    private static int beside(int others) {
        return (others + ONE_FOR - 1) / ONE_FOR;
    }
}
