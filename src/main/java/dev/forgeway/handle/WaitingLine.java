package dev.forgeway.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Gives those who wait for a place times to come again, one behind the other in the pace at which places become free, so
 * that they do not all ask at the same moment and none asks in a loop. Urgent ones get times among urgent ones.
 */
final class WaitingLine {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int PRIORITIES = 10;

    /** How much of the mean a new value makes up. */
    private static final int SMOOTHING = 8;

    private final Instant[] ends = new Instant[PRIORITIES];

    /** Short until it is known: to come too early costs a look, and to come too late leaves places empty. */
    private long meanMillis = SHORTEST.toMillis();

    WaitingLine() {
        Arrays.fill(ends, Instant.EPOCH);
    }

    /** Somebody had a place for so long. */
    synchronized void took(Duration time) {
        meanMillis += (time.toMillis() - meanMillis) / SMOOTHING;
    }

    /**
     * When to come again.
     *
     * @param places how many there are
     */
    synchronized Instant turn(int priority, int places, Instant now) {
        Instant earliest = now.plus(SHORTEST);
        Instant turn = ends[priority].isAfter(earliest) ? ends[priority] : earliest;
        Instant latest = now.plus(LONGEST);
        if (turn.isAfter(latest)) {
            return latest;
        }
        long pace = Math.max(1, meanMillis / places);
        for (int lower = 0; lower <= priority; lower++) {
            Instant end = ends[lower].isAfter(turn) ? ends[lower] : turn;
            ends[lower] = end.plusMillis(pace);
        }
        return turn;
    }
}
