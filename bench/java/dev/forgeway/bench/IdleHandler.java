package dev.forgeway.bench;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A handler that does nothing, so that what is measured is everything around it; or takes its time over it. */
final class IdleHandler implements JobHandler {

    static final LongAdder HANDLED = new LongAdder();

    /** How long a job takes from now on. */
    static volatile Duration takes = Duration.ZERO;

    private final HandlerSpec spec;

    /** @param shown whether a check is shown for it */
    IdleHandler(String number, boolean shown) {
        this.spec = new HandlerSpec(
                "bench-" + number,
                Set.of("bench_" + number),
                Set.of("pull_request"),
                Set.of(EventType.PULL_REQUEST, EventType.PULL_REQUEST_COMMENT),
                Set.of("bench"),
                shown ? "bench-" + number : null,
                QueueClass.SHORT,
                List.of(),
                "do nothing, for the benchmark");
    }

    @Override
    public HandlerSpec spec() {
        return spec;
    }

    @Override
    public Outcome handle(Job job) {
        if (!takes.isZero()) {
            LockSupport.parkNanos(takes.toNanos());
        }
        HANDLED.increment();
        return Outcome.succeeded("nothing to do");
    }
}
