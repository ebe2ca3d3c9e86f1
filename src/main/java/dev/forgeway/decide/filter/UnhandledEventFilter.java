package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import org.springframework.stereotype.Component;

/** An event of a type for which there is no route of its own is understood and kept, but asks nobody for anything. */
@Component
public class UnhandledEventFilter implements EventFilter {

    @Override
    public Verdict judge(Decision decision) {
        return Verdict.ignore(Reason.NO_HANDLER, decision.eventType());
    }
}
