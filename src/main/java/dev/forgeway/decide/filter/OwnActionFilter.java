package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Pull requests and re-runs of Forgeway's own accounts ask for nothing, so that no loop is possible. */
@Component
public class OwnActionFilter implements EventFilter {

    private final Set<String> ownAccounts;

    public OwnActionFilter(Settings settings) {
        this.ownAccounts = settings.decide().ownAccounts();
    }

    @Override
    public Verdict judge(Decision decision) {
        String actor = decision.event().actor();
        return actor != null && ownAccounts.contains(actor)
                ? Verdict.ignore(Reason.OWN_ACTION, actor)
                : Verdict.pass("by " + actor);
    }
}
