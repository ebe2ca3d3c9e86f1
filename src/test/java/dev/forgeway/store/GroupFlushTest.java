package dev.forgeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupFlushTest {

    private final AtomicInteger flushes = new AtomicInteger();

    @Test
    void flushesForEachWhoComesAlone() {
        GroupFlush group = new GroupFlush(flushes::incrementAndGet);
        group.await();
        group.await();
        assertThat(flushes).hasValue(2);
    }

    @Test
    void sharesTheNextFlushAmongAllWhoComeDuringOne() throws InterruptedException {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        GroupFlush group = new GroupFlush(() -> {
            if (flushes.incrementAndGet() == 1) {
                awaitUninterrupted(firstMayEnd);
            }
        });
        List<Thread> threads = new ArrayList<>(List.of(started(group)));
        await().untilAtomic(flushes, is(1));
        for (int i = 0; i < 5; i++) {
            threads.add(started(group));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        firstMayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(flushes).hasValue(2);
        group.await(); // nobody else comes, and it does not wait for them for good
        assertThat(flushes).hasValue(3);
    }

    @Test
    void tellsWhoeverFlushedThatItFailedAndLetsTheNextTryAgain() {
        GroupFlush group = new GroupFlush(() -> {
            if (flushes.incrementAndGet() == 1) {
                throw new IllegalStateException("disk full");
            }
        });
        assertThatThrownBy(group::await).hasMessage("disk full");
        group.await();
        assertThat(flushes).hasValue(2);
    }

    private static Thread started(GroupFlush group) {
        Thread thread = new Thread(group::await);
        thread.start();
        return thread;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
