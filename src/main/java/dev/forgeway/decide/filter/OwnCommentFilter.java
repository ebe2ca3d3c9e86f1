package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What Forgeway's own accounts, or its app, wrote asks for nothing, so that no loop is possible. */
@Component
public class OwnCommentFilter implements EventFilter {

    private final Set<String> ownAccounts;
    private final @Nullable String ownApp;

    public OwnCommentFilter(Settings settings) {
        this.ownAccounts = settings.decide().ownAccounts();
        this.ownApp = settings.forge().github().appId();
    }

    @Override
    public Verdict judge(Decision decision) {
        String actor = decision.event().actor();
        if (actor != null && ownAccounts.contains(actor)) {
            return Verdict.ignore(Reason.OWN_COMMENT, actor);
        }
        Comment comment = decision.event().comment();
        if (ownApp != null && comment != null && ownApp.equals(comment.app())) {
            return Verdict.ignore(Reason.OWN_COMMENT, "app " + ownApp);
        }
        return Verdict.pass("by " + actor);
    }
}
