package dev.forgeway.service.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * At most so many points within any span of a length. A call counts from its beginning until a whole span after its end,
 * because the service may have counted it at any moment between. Not for use by many threads.
 */
public final class PointsWindow {

    private final int most;
    private final Duration span;
    private final Deque<Spent> spent = new ArrayDeque<>();
    private int sum;
    private Instant promised = Instant.EPOCH;

    public PointsWindow(int most, Duration span) {
        this.most = most;
        this.span = span;
    }

    /** Whether so many points are free. */
    public boolean has(int points, Instant now) {
        forget(now);
        return sum + points <= most;
    }

    /** Takes points that are free, until {@link #end}. */
    public void begin(int points) {
        sum += points;
    }

    /** The call that took these points is over. */
    public void end(int points, Instant now) {
        spent.addLast(new Spent(points, now));
    }

    /**
     * Tells a caller that found too few points when to come again. Callers are told one moment after another, as far apart
     * as the points allow, so that they do not all come at once.
     */
    public Instant promise(int points, Instant now) {
        Instant next = promised.plus(span.multipliedBy(points).dividedBy(most));
        Instant free = freeAt(points, now);
        promised = next.isAfter(free) ? next : free;
        return promised;
    }

    private Instant freeAt(int points, Instant now) {
        int missing = sum + points - most;
        for (Spent one : spent) {
            missing -= one.points();
            if (missing <= 0) {
                return one.at().plus(span);
            }
        }
        return now.plus(span);
    }

    /** Whether nothing was spent within the last span. */
    public boolean isIdle(Instant now) {
        forget(now);
        return sum == 0;
    }

    private void forget(Instant now) {
        Spent oldest = spent.peekFirst();
        while (oldest != null && !oldest.at().plus(span).isAfter(now)) {
            sum -= oldest.points();
            spent.removeFirst();
            oldest = spent.peekFirst();
        }
    }

    private record Spent(int points, Instant at) {}
}
