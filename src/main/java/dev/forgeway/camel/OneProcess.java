package dev.forgeway.camel;

import dev.forgeway.store.ClusterLock;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.stereotype.Component;

/**
 * Lets a periodic route run in one process at a time, and not more often than its delay says, however many processes
 * there are.
 */
@Component("oneProcess")
public class OneProcess {

    /** The clocks of processes are not in step: the next one may come a little earlier. */
    private static final int PERCENT_OF_DELAY = 90;

    private final ClusterLock lock;

    OneProcess(ClusterLock lock) {
        this.lock = lock;
    }

    /** Whether it is this process's turn to run the route; the turn ends with the exchange. */
    public boolean takesTurn(Exchange exchange) {
        Duration delay = delay((ScheduledPollEndpoint) exchange.getFromEndpoint());
        Duration atLeast = delay.multipliedBy(PERCENT_OF_DELAY).dividedBy(100);
        Optional<Runnable> turn = lock.take(exchange.getFromRouteId(), atLeast);
        turn.ifPresent(end -> exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                end.run();
            }
        }));
        return turn.isPresent();
    }

    private static Duration delay(ScheduledPollEndpoint clock) {
        return Duration.of(clock.getDelay(), clock.getTimeUnit().toChronoUnit());
    }
}
