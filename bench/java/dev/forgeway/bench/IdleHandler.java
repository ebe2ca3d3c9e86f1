package dev.forgeway.bench;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** A handler that does nothing, so that what is measured is everything around it. */
final class IdleHandler implements JobHandler {

    static final LongAdder HANDLED = new LongAdder();

    private final HandlerSpec spec;

    IdleHandler(String number) {
        this.spec = new HandlerSpec(
                "bench-" + number,
                Set.of("bench_" + number),
                Set.of("pull_request"),
                Set.of(EventType.PULL_REQUEST),
                Set.of(),
                null,
                HandlerSpec.QueueClass.SHORT,
                null,
                List.of(),
                "do nothing, for the benchmark");
    }

    @Override
    public HandlerSpec spec() {
        return spec;
    }

    @Override
    public Outcome handle(Job job) {
        HANDLED.increment();
        return Outcome.succeeded("nothing to do");
    }
}
