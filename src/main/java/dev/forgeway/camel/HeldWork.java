package dev.forgeway.camel;

import dev.forgeway.error.HeldException;
import dev.forgeway.handle.Handlers;
import dev.forgeway.store.Pause;
import dev.forgeway.store.Pauses;
import jakarta.jms.JMSException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps deliveries of a paused source, and jobs of a paused project, on a queue of their own: nobody asks about them again
 * and again, and nothing that is not paused waits behind them. Which pause a message is held for is in a header, so that
 * what is held by mistake at the moment of a resumption is found like everything else.
 */
@Component("heldWork")
public class HeldWork {

    static final String QUEUE = "held";

    private static final Logger LOG = LoggerFactory.getLogger(HeldWork.class);

    private final Pauses pauses;
    private final AskedBroker broker;
    private final List<String> queues;

    HeldWork(Pauses pauses, Handlers handlers, AskedBroker broker) {
        this.pauses = pauses;
        this.broker = broker;
        this.queues = Stream.concat(
                        Stream.of("deliveries"), handlers.specs().stream().map(spec -> "jobs." + spec.name()))
                .toList();
    }

    /**
     * Lets a delivery through, before anything is decided about it, unless its source is paused.
     *
     * @throws HeldException when it is
     */
    public void checkSource(Exchange exchange) {
        String source = exchange.getMessage().getHeader(Headers.SOURCE, "", String.class);
        if (pauses.isPaused(Pause.Kind.SOURCE, source)) {
            throw new HeldException(Pause.Kind.SOURCE.of(source));
        }
    }

    /** Prepares the message, which carries again what it came with, for the queue of what is held. */
    public void write(Exchange exchange) {
        HeldException held = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, HeldException.class);
        JmsEndpoint from = (JmsEndpoint) exchange.getFromEndpoint();
        Message message = exchange.getMessage();
        message.removeHeader(Headers.SCHEDULED);
        message.setHeader(Headers.QUEUE, from.getDestinationName());
        message.setHeader(Headers.HELD_FOR, held.heldFor());
    }

    /** Moves back to its queue what is held for something that is not paused any more; called by a route. */
    public void release() throws JMSException {
        broker.ask(this::release);
    }

    /** Returns how many. */
    private long release(BrokerManagement asked) throws JMSException {
        if (asked.number(QUEUE, "messageCount") == 0) {
            return 0;
        }
        long all = 0;
        String resumed = paused().isEmpty() ? "" : " AND " + Headers.HELD_FOR + " NOT IN (" + paused() + ")";
        for (String queue : queues) {
            long moved = asked.move(QUEUE, Headers.QUEUE + " = '" + queue + "'" + resumed, queue);
            if (moved > 0) {
                LOG.info("{} held messages are back on {}", moved, queue);
            }
            all += moved;
        }
        return all;
    }

    private String paused() {
        return Stream.of(Pause.Kind.SOURCE, Pause.Kind.PROJECT)
                .flatMap(kind -> pauses.names(kind).stream().map(kind::of))
                .map(what -> "'" + what.replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }
}
