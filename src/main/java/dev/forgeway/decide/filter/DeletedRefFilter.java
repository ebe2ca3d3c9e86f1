package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.PushEvent;
import org.springframework.stereotype.Component;

/** A branch or tag that ended has nothing that could be worked on. */
@Component
public class DeletedRefFilter implements EventFilter {

    @Override
    public Verdict judge(Decision decision) {
        return decision.event() instanceof PushEvent push && push.commit() == null
                ? Verdict.ignore(Reason.REF_DELETED, push.ref())
                : Verdict.pass("it is there");
    }
}
