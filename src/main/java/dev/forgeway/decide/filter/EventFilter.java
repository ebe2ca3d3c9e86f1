package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.metrics.StepLog;

/** One reason to stop; a node of its own in the routes, so that its answer and its time are seen. */
public interface EventFilter {

    /**
     * Judges an open decision; one that was stopped before passes by. When the forge does not let us ask, it does not
     * let us work either.
     */
    default void apply(Decision decision) {
        if (!decision.isOpen()) {
            StepLog.skip();
            return;
        }
        Verdict verdict;
        try {
            verdict = judge(decision);
        } catch (UserErrorException e) {
            verdict = Verdict.refuse(Reason.REPOSITORY_NOT_FOUND, e.getMessage());
        }
        if (verdict.outcome() != null && verdict.reason() != null) {
            decision.stop(verdict.outcome(), verdict.reason(), verdict.detail());
        } else {
            StepLog.note("pass", verdict.detail());
        }
    }

    Verdict judge(Decision decision);
}
