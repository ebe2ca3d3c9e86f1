package dev.forgeway.store;

import java.util.Locale;

/** What became of a delivery, as the API says it. */
public enum Outcome {
    QUEUED,
    IGNORED,
    DUPLICATE,
    FILTERED,
    DISPATCHED,
    PARKED;

    /** The name in the API and in metrics. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
