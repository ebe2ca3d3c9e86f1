package dev.forgeway.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** A clock that moves when the test says so. */
public final class TestClock extends Clock {

    private static final Instant BEGINNING = Instant.parse("2025-03-01T12:00:00Z");

    private final Supplier<Instant> base;
    private volatile Duration moved = Duration.ZERO;

    /** It stands still in between. */
    public TestClock() {
        this(() -> BEGINNING);
    }

    private TestClock(Supplier<Instant> base) {
        this.base = base;
    }

    /** It goes on by itself in between. */
    public static TestClock running() {
        return new TestClock(Instant::now);
    }

    public void advance(Duration by) {
        moved = moved.plus(by);
    }

    @Override
    public Instant instant() {
        return base.get().plus(moved);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
