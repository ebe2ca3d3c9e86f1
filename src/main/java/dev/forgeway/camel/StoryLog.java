package dev.forgeway.camel;

import dev.forgeway.metrics.LogContext;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.metrics.StoryTraces;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens the log of the steps that are taken for one message; the consumer's thread keeps it to the end. */
@Component("storyLog")
public class StoryLog {

    private final Optional<StoryTraces> traces;

    StoryLog(Optional<StoryTraces> traces) {
        this.traces = traces;
    }

    /** Starts the story of a delivery, job or report; every log line names it. */
    public void open(Exchange exchange) {
        String delivery = exchange.getMessage().getHeader(Headers.DELIVERY_ID, String.class);
        LogContext.open(delivery == null ? exchange.getMessage().getBody(String.class) : delivery);
        LogContext.put("delivery", delivery);
        StepLog.open();
        StepLog.skip();
        traces.ifPresent(to -> exchange.getExchangeExtension()
                .addOnCompletion(new Traced(to, exchange.getMessage().getHeader(Headers.RECEIVED_AT, String.class))));
    }

    /** Traces the work of an exchange, on the thread that did it. */
    private static final class Traced extends SynchronizationAdapter {

        private final StoryTraces traces;
        private final @Nullable String receivedAt;

        Traced(StoryTraces traces, @Nullable String receivedAt) {
            this.traces = traces;
            this.receivedAt = receivedAt;
        }

        @Override
        public void onDone(Exchange exchange) {
            LogContext.delivery().ifPresent(delivery -> {
                if (receivedAt != null && !exchange.isFailed()) {
                    traces.decided(delivery, Instant.parse(receivedAt));
                }
                traces.worked(delivery, exchange.getFromRouteId(), StepLog.steps());
            });
        }
    }
}
