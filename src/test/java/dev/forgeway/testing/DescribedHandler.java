package dev.forgeway.testing;

import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import java.util.stream.Stream;

/** A handler of which only the description is asked. */
public record DescribedHandler(HandlerSpec spec) implements JobHandler {

    public static Handlers handlers(HandlerSpec... specs) {
        return new Handlers(
                Stream.of(specs).<JobHandler>map(DescribedHandler::new).toList());
    }

    @Override
    public Outcome handle(Job unexpected) {
        throw new AssertionError(unexpected);
    }
}
