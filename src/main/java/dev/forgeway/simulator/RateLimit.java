package dev.forgeway.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * A budget of calls per window, with GitHub's headers
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
final class RateLimit {

    private final String resource;
    private int limit = 5000;
    private Duration window = Duration.ofHours(1);
    private int used;
    private Instant reset = wholeSecond(Instant.now().plus(window));

    RateLimit(String resource) {
        this.resource = resource;
    }

    synchronized void set(int newLimit, Duration newWindow) {
        limit = newLimit;
        window = newWindow;
        used = 0;
        reset = wholeSecond(Instant.now().plus(newWindow));
    }

    /** Takes one call from the budget. False when nothing is left. */
    synchronized boolean take() {
        refresh();
        if (used >= limit) {
            return false;
        }
        used++;
        return true;
    }

    /** A call that turned out to be free. */
    synchronized void giveBack() {
        used = Math.max(0, used - 1);
    }

    synchronized int remaining() {
        refresh();
        return limit - used;
    }

    synchronized int limit() {
        return limit;
    }

    synchronized Instant reset() {
        refresh();
        return reset;
    }

    synchronized Map<String, String> headers() {
        refresh();
        return Map.of(
                "x-ratelimit-limit", Integer.toString(limit),
                "x-ratelimit-remaining", Integer.toString(limit - used),
                "x-ratelimit-used", Integer.toString(used),
                "x-ratelimit-reset", Long.toString(reset.getEpochSecond()),
                "x-ratelimit-resource", resource);
    }

    /** The headers have no fractions. */
    private static Instant wholeSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    private void refresh() {
        Instant now = Instant.now();
        if (!now.isBefore(reset)) {
            used = 0;
            reset = wholeSecond(now.plus(window));
        }
    }
}
