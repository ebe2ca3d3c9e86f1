package dev.forgeway.camel;

import dev.forgeway.store.OutboxStore;
import jakarta.jms.JMSException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes from the broker what it kept of reports that were given up, once something newer was shown at their places, or is on
 * its way: nobody has to do anything about them any more.
 */
@Component("deadReports")
public class DeadReports {

    static final String ADDRESS = "dead.statuses";

    /** A copy of each message, beside that which ends the story. */
    static final String QUEUE = "dead.statuses";

    private static final Logger LOG = LoggerFactory.getLogger(DeadReports.class);

    private final OutboxStore outbox;
    private final AskedBroker broker;
    private boolean hasSwept;

    DeadReports(OutboxStore outbox, AskedBroker broker) {
        this.outbox = outbox;
        this.broker = broker;
    }

    /** Called by a route. */
    public synchronized void tidy() throws JMSException {
        List<String> settled = outbox.settled();
        if (settled.isEmpty() && hasSwept) {
            return;
        }
        // what an earlier version left names no report, and cannot be found when it is settled
        long left = remove(" IS NULL");
        if (left > 0) {
            LOG.info("{} dead letters of reports that an earlier version left are gone", left);
        }
        hasSwept = true;
        for (String id : settled) {
            long removed = remove(" = '" + id + "'");
            outbox.settle(id);
            LOG.info("Report {} is settled; {} dead letters of it are gone", id, removed);
        }
    }

    /** Those whose report is such. */
    private long remove(String report) throws JMSException {
        return broker.ask(asked -> asked.remove(QUEUE, Headers.REPORT + report));
    }
}
