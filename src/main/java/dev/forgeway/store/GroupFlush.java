package dev.forgeway.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many threads share one flush: whoever comes while a flush runs waits for the next one, which covers all that
 * have come by then.
 */
final class GroupFlush {

    private final Runnable flush;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
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
        long number = ++startedCount;
        running = true;
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
}
