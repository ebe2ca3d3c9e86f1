package dev.forgeway.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many threads share one flush: whoever comes while a flush runs waits for the next one, which covers all that
 * have come by then. After a flush that was shared, more are sure to come at once, and the next one waits for as many
 * for a moment: each flush writes the same pages, however many it is for. A thread that comes alone never waits.
 */
final class GroupFlush {

    /** How long a flush waits for others at most; a fraction of what a sync of the disk takes. */
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Runnable flush;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Condition came = lock.newCondition();
    private int waiting;
    private int covered;
    private long startedCount;
    private long completedCount;
    private boolean running;

    GroupFlush(Runnable flush) {
        this.flush = flush;
    }

    /** Returns when a flush has succeeded that began after this call. */
    void await() {
        lock.lock();
        try {
            long needed = startedCount + 1;
            waiting++;
            came.signal();
            while (completedCount < needed) {
                if (running) {
                    ended.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Flushes for all who wait; holds the lock before and after, not meanwhile. */
    private void lead() {
        running = true;
        gather();
        long number = ++startedCount;
        covered = waiting;
        waiting = 0;
        lock.unlock();
        boolean succeeded = false;
        try {
            flush.run();
            succeeded = true;
        } finally {
            lock.lock();
            running = false;
            if (succeeded) {
                completedCount = number;
            }
            ended.signalAll();
        }
    }

    /** Waits until twice as many have come as the last flush was for; no longer than a moment, and not after one for a single thread. */
    private void gather() {
        long left = covered > 1 ? GATHERING_NANOS : 0;
        try {
            while (left > 0 && waiting < 2 * covered) {
                left = came.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // to flush at once is right as well
        }
    }
}
