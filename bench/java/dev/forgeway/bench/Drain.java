package dev.forgeway.bench;

import dev.forgeway.camel.EmbeddedBroker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.Queue;

/** Empties the queue of a server that only accepts, so that it does not fill up; the same for every such server. */
final class Drain {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private Drain() {}

    static void start(EmbeddedBroker broker) {
        Queue queue = Objects.requireNonNull(broker.server().locateQueue(SimpleString.of("deliveries")));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.scheduleAtFixedRate(() -> empty(queue), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void empty(Queue queue) {
        try {
            queue.deleteAllReferences();
        } catch (Exception e) {
            throw new IllegalStateException("the queue could not be emptied", e);
        }
    }
}
