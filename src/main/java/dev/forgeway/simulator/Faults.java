package dev.forgeway.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes wrong at a simulated service; can be changed while it runs. Calls are named by the beginning of
 * "METHOD /path", where {@code {anything}} stands for one segment; the first fault that fits a call is used.
 */
public final class Faults {

    /** For faults that last until {@link #clear}. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** What happens to a call instead of, or after, the real thing. */
    enum Kind {
        ANSWER,
        DROP_BEFORE,
        DROP_AFTER,
        HOLD_ANSWER,
        HANG
    }

    record Fault(Kind kind, CallPattern calls, AtomicInteger left, Response response) {}

    private record Slow(CallPattern calls, Duration delay) {}

    private static final Response NO_ANSWER = Response.html(0, "");

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Slow> slow = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch released = new CountDownLatch(1);
    private volatile Duration delay = Duration.ZERO;
    private volatile double failureRate;
    private volatile Response failure = NO_ANSWER;
    private volatile Random random = new Random(0);

    Faults() {}

    /** Every call takes at least this long. */
    public Faults delay(Duration everyCall) {
        this.delay = everyCall;
        return this;
    }

    /** The calls that begin like this take at least so long. */
    public Faults delay(String methodAndPathPrefix, Duration everyCall) {
        slow.add(new Slow(new CallPattern(methodAndPathPrefix), everyCall));
        return this;
    }

    /** A share (0 to 1) of all calls is not performed and answered like this; the same seed fails the same calls. */
    public Faults failRandomly(double rate, long seed, Response response) {
        this.random = new Random(seed);
        this.failure = response;
        this.failureRate = rate;
        return this;
    }

    /** The next calls are not performed and answered like this. */
    public Faults answer(String methodAndPathPrefix, int times, Response response) {
        return add(Kind.ANSWER, methodAndPathPrefix, times, response);
    }

    /** The next calls are not performed, and their connection is closed without an answer. */
    public Faults dropBefore(String methodAndPathPrefix, int times) {
        return add(Kind.DROP_BEFORE, methodAndPathPrefix, times, NO_ANSWER);
    }

    /** The next calls are performed, but then their connection is closed without an answer. */
    public Faults dropAfter(String methodAndPathPrefix, int times) {
        return add(Kind.DROP_AFTER, methodAndPathPrefix, times, NO_ANSWER);
    }

    /** The next calls are performed, but their answers are held back until {@link #clear}. */
    public Faults holdAnswer(String methodAndPathPrefix, int times) {
        return add(Kind.HOLD_ANSWER, methodAndPathPrefix, times, NO_ANSWER);
    }

    /** The next calls are not performed and get no answer until {@link #clear}, which answers them with 503. */
    public Faults hang(String methodAndPathPrefix, int times) {
        return add(Kind.HANG, methodAndPathPrefix, times, NO_ANSWER);
    }

    /** All is well again; what waits is let go. */
    public void clear() {
        faults.clear();
        slow.clear();
        delay = Duration.ZERO;
        failureRate = 0;
        CountDownLatch waiting = released;
        released = new CountDownLatch(1);
        waiting.countDown();
    }

    private Faults add(Kind kind, String calls, int times, Response response) {
        faults.add(new Fault(kind, new CallPattern(calls), new AtomicInteger(times), response));
        return this;
    }

    Optional<Fault> next(String line) {
        for (Fault fault : faults) {
            if (fault.calls().matches(line)
                    && fault.left().getAndUpdate(n -> n == ALWAYS ? n : Math.max(0, n - 1)) > 0) {
                return Optional.of(fault);
            }
        }
        if (failureRate > 0 && random.nextDouble() < failureRate) {
            return Optional.of(new Fault(Kind.ANSWER, new CallPattern(""), new AtomicInteger(), failure));
        }
        return Optional.empty();
    }

    void awaitDelay(String line) throws InterruptedException {
        Duration longest = delay;
        for (Slow one : slow) {
            if (one.calls().matches(line) && one.delay().compareTo(longest) > 0) {
                longest = one.delay();
            }
        }
        if (!longest.isZero()) {
            awaitRelease(longest);
        }
    }

    void awaitRelease(Duration atMost) throws InterruptedException {
        boolean unused = released.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
