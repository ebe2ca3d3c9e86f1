package dev.forgeway.camel;

import dev.forgeway.admin.Problem;
import dev.forgeway.admin.Trial;
import dev.forgeway.admin.Trials;
import dev.forgeway.decide.Decision;
import dev.forgeway.error.Reason;
import dev.forgeway.error.RejectedException;
import dev.forgeway.error.TransientException;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import java.util.List;
import java.util.Objects;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Sends deliveries through the routes that decide about real ones, as trials. */
@Component
class DecisionTrials implements Trials {

    private static final String ROUTE = "direct:admin-trial";

    private final ProducerTemplate routes;

    DecisionTrials(ProducerTemplate routes) {
        this.routes = routes;
    }

    @Override
    public Trial decide(Delivery delivery) {
        Decision decision = Decision.trial(delivery);
        StepLog.open();
        try {
            Exception failure = routes.send(
                            ROUTE, exchange -> exchange.getMessage().setBody(decision))
                    .getException();
            return failure == null ? decided(decision) : failed(failure);
        } finally {
            StepLog.close();
        }
    }

    private static Trial decided(Decision decision) {
        Outcome outcome = Objects.requireNonNull(decision.outcome(), "nothing was decided");
        return new Trial(outcome, decision.reason(), decision.detail(), decision.jobs(), StepLog.steps());
    }

    /** As {@code errors-decide.camel.yaml} has it for real ones: tried again later, or parked. */
    private static Trial failed(Exception failure) {
        if (failure instanceof TransientException) {
            throw Problem.unavailable("cannot be decided now: " + failure.getMessage());
        }
        Reason reason = failure instanceof RejectedException rejected ? rejected.reason() : Reason.DEFECT;
        String detail = reason == Reason.DEFECT ? failure.toString() : failure.getMessage();
        return new Trial(Outcome.PARKED, reason, detail, List.of(), StepLog.steps());
    }
}
