package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Projects, namespaces and accounts that somebody denied are not even looked at. */
@Component
public class DeniedFilter implements EventFilter {

    private static final String DENIED = "denied";

    private final Standing standing;

    public DeniedFilter(Standing standing) {
        this.standing = standing;
    }

    @Override
    public Verdict judge(Decision decision) {
        Event event = decision.event();
        if (standing.isAdmin(decision)) {
            return Verdict.pass("admin " + event.actor());
        }
        var project = Objects.requireNonNull(event.project());
        if (standing.ofProject(decision).filter(DENIED::equals).isPresent()) {
            return Verdict.refuse(Reason.NAMESPACE_DENIED, project.key());
        }
        return standing.ofActor(decision).filter(DENIED::equals).isPresent()
                ? Verdict.refuse(Reason.NAMESPACE_DENIED, project.host() + "/" + event.actor())
                : Verdict.pass("not denied");
    }
}
