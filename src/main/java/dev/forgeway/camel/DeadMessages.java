package dev.forgeway.camel;

import dev.forgeway.config.ScheduleSettings;
import dev.forgeway.config.Settings;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes from the broker what it keeps for a person, once the rows that it belongs to are so old that retention deletes them:
 * nobody can find it any more. A message is no younger than its delivery, so that it never goes before them, unless these are
 * late; what is still listed then comes again from its rows.
 */
@Component("deadMessages")
public class DeadMessages {

    private static final Logger LOG = LoggerFactory.getLogger(DeadMessages.class);

    private final AskedBroker broker;
    private final Duration ofDeliveries;
    private final Duration ofOthers;
    private final Clock clock;

    DeadMessages(AskedBroker broker, Settings settings, Clock clock) {
        this.broker = broker;
        ScheduleSettings.Retention ages = settings.schedule().retention();
        this.ofDeliveries = ages.parked();
        // what is told by configuration is a job of a delivery with any outcome
        this.ofOthers = Collections.max(List.of(ages.ignored(), ages.filtered(), ages.dispatched(), ages.parked()));
        this.clock = clock;
    }

    /** Called by a route. */
    public void forgetOld() throws JMSException {
        forget("dead.deliveries", ofDeliveries);
        forget("dead.jobs", ofOthers);
        forget(DeadReports.QUEUE, ofOthers);
    }

    private void forget(String queue, Duration age) throws JMSException {
        String old = "AMQTimestamp < " + clock.instant().minus(age).toEpochMilli();
        long removed = broker.ask(asked -> asked.number(queue, "messageCount") == 0 ? 0 : asked.remove(queue, old));
        if (removed > 0) {
            LOG.info(
                    "{} messages of {} are gone: what they belong to is kept for {} days",
                    removed,
                    queue,
                    age.toDays());
        }
    }
}
