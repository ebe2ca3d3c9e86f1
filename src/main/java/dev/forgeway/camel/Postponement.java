package dev.forgeway.camel;

import dev.forgeway.error.DeferredException;
import dev.forgeway.error.OverBudgetException;
import dev.forgeway.error.TransientException;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts a message back on its queue until the time that a remote service named, in the transaction that consumed it.
 * The broker keeps it meanwhile, and no consumer is held
 * (https://activemq.apache.org/components/artemis/documentation/latest/scheduled-messages.html).
 */
@Component("postponement")
public class Postponement {

    /** A service that names a time again and again gets the ordinary redelivery in the end. */
    private static final int LIMIT = 50;

    /** Whether the failure names a time, and not for the umpteenth time. Waiting for its turn is no failure. */
    public boolean applies(Exchange exchange) {
        TransientException failure = failure(exchange);
        return failure != null
                && failure.retryAt() != null
                && (isNoFailure(failure) || postponed(exchange.getMessage()) < LIMIT);
    }

    private static boolean isNoFailure(TransientException failure) {
        return failure instanceof OverBudgetException || failure instanceof DeferredException;
    }

    /** Prepares the message, which carries again what it came with, for its queue. */
    public void write(Exchange exchange) {
        TransientException failure = Objects.requireNonNull(failure(exchange));
        Message message = exchange.getMessage();
        if (!isNoFailure(failure)) {
            message.setHeader(Headers.POSTPONED, postponed(message) + 1);
        }
        schedule(exchange, Objects.requireNonNull(failure.retryAt()));
    }

    /** As {@link #write} for work whose turn has not come: it may be put back any number of times. */
    public void park(Exchange exchange) {
        Instant turn =
                Objects.requireNonNull(Objects.requireNonNull(failure(exchange)).retryAt());
        schedule(exchange, turn);
    }

    private static void schedule(Exchange exchange, Instant time) {
        JmsEndpoint from = (JmsEndpoint) exchange.getFromEndpoint();
        Message message = exchange.getMessage();
        message.setHeader(Headers.SCHEDULED, time.toEpochMilli());
        message.setHeader(Headers.QUEUE, from.getDestinationName());
    }

    private static int postponed(Message message) {
        return message.getHeader(Headers.POSTPONED, 0, Integer.class);
    }

    private static @Nullable TransientException failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) instanceof TransientException failure
                ? failure
                : null;
    }
}
