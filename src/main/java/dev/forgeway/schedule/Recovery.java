package dev.forgeway.schedule;

import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.GapMetrics;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.CompletenessStore;
import dev.forgeway.store.MissedDelivery;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Takes in what a history tells of that never arrived. */
@Component
public class Recovery {

    private final CompletenessStore store;
    private final GapMetrics metrics;
    private final Clock clock;

    Recovery(CompletenessStore store, GapMetrics metrics, Clock clock) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Begins the story of one delivery. */
    public Receipt tell(Receipt receipt) {
        StepLog.open();
        StepLog.note("recovered", Objects.requireNonNull(receipt.delivery()).eventName());
        return receipt;
    }

    /** Remembers until when nothing is missing, now that all that was is durable. */
    public void remember(MissedMessages turn) {
        Instant now = clock.instant();
        String source = turn.source();
        for (Receipt receipt : turn.receipts()) {
            Delivery delivery = Objects.requireNonNull(receipt.delivery());
            MissedDelivery missed =
                    new MissedDelivery(source, delivery.key(), delivery.key(), delivery.eventName(), now, 0);
            store.add(List.of(missed), now);
            store.end(missed, MissedDelivery.State.RECOVERED, delivery.id());
            metrics.missed(source, "found", 1);
            metrics.missed(source, MissedDelivery.State.RECOVERED.wireName(), 1);
        }
        if (turn.until() != null) {
            store.looked(source, turn.until(), now);
        }
        store.completeUntil(source).ifPresent(until -> metrics.completeUntil(source, until));
        StepLog.close();
    }
}
