package dev.forgeway.camel;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;

/** Work that takes equally long: in a round, every consumer does one. Remembers which priorities were done. */
final class Rounds {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Integer> taken = new CopyOnWriteArrayList<>();
    private final Semaphore work = new Semaphore(0, true);

    /** What every message costs. */
    void take(Exchange exchange) throws InterruptedException {
        work.acquire();
        taken.add(exchange.getMessage().getHeader("JMSPriority", Integer.class));
    }

    void play(int rounds, int consumers) {
        for (int round = 1; round <= rounds; round++) {
            awaitBusy(consumers);
            work.release(consumers);
            awaitTaken(round * consumers);
        }
    }

    /** So many consumers have work, and no more. */
    void awaitBusy(int consumers) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .until(() -> work.getQueueLength() == consumers);
    }

    void awaitTaken(int messages) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .until(() -> taken.size() == messages);
    }

    void release(int messages) {
        work.release(messages);
    }

    /** The rest is done as it comes. */
    void releaseAll() {
        work.release(1_000_000);
    }

    /** The priorities in the order in which they were done. */
    List<Integer> taken() {
        return taken;
    }

    double share(int priority) {
        return (double) taken.stream().filter(one -> one == priority).count() / taken.size();
    }
}
