package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.error.Reason;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.Recording;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Records a delivery, once, and says whether it is still to be decided. */
@Component
public class Intake {

    private final DeliveryStore deliveries;
    private final OutboxStore outbox;
    private final Duration window;

    public Intake(DeliveryStore deliveries, OutboxStore outbox, Settings settings) {
        this.deliveries = deliveries;
        this.outbox = outbox;
        this.window = settings.decide().duplicateWindow();
    }

    /**
     * A copy of a delivery that is in flight or succeeded stops here; one whose first copy failed goes on. The same
     * message again, after a crash, goes on where it was.
     */
    public Decision record(Delivery delivery) {
        Decision decision = new Decision(delivery);
        Recording recording = deliveries.record(delivery, window);
        switch (recording.kind()) {
            case NEW -> StepLog.note("new", null);
            case RESUMED -> StepLog.note("resumed", "an earlier attempt did not get to its end");
            case DUPLICATE -> {
                decision.stop(Outcome.DUPLICATE, Reason.ALREADY_RECEIVED, "copy of " + recording.duplicateOf());
                decision.stored(List.of());
            }
            case DECIDED -> {
                decision.select(deliveries.jobsOf(delivery.id()));
                decision.stored(outbox.unsent(delivery.id()));
                StepLog.note("decided", "only its messages were missing");
            }
        }
        return decision;
    }
}
