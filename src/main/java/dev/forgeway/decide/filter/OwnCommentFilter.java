package dev.forgeway.decide.filter;

import dev.forgeway.config.Settings;
import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Verdict;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.PullRequestCommentEvent;
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
        Comment comment = comment(decision.event());
        if (ownApp != null && comment != null && ownApp.equals(comment.app())) {
            return Verdict.ignore(Reason.OWN_COMMENT, "app " + ownApp);
        }
        return Verdict.pass("by " + actor);
    }

    private static @Nullable Comment comment(Event event) {
        if (event instanceof PullRequestCommentEvent onPullRequest) {
            return onPullRequest.comment();
        }
        if (event instanceof IssueCommentEvent onIssue) {
            return onIssue.comment();
        }
        return event instanceof CommitCommentEvent onCommit ? onCommit.comment() : null;
    }
}
