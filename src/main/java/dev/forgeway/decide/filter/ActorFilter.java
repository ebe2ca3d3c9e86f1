package dev.forgeway.decide.filter;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.ForgeQuestions;
import dev.forgeway.decide.Verdict;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.PullRequest;
import dev.forgeway.forge.Permission;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Who may ask for work about a pull request, an issue or a commit: the author of the pull request, and those who may
 * write in the repository. The forge is asked only when the event itself does not tell. A push or a release shows by
 * itself that its account may write.
 */
@Component
public class ActorFilter implements EventFilter {

    private final Standing standing;
    private final ForgeQuestions forge;

    public ActorFilter(Standing standing, ForgeQuestions forge) {
        this.standing = standing;
        this.forge = forge;
    }

    @Override
    public Verdict judge(Decision decision) {
        Event event = decision.event();
        PullRequest pullRequest = event.pullRequest();
        if (pullRequest == null && event.comment() == null) {
            return Verdict.pass("no person asks");
        }
        String actor = event.actor();
        if (actor == null) {
            return Verdict.refuse(Reason.ACTOR_NOT_ALLOWED, "the sender does not say who it was");
        }
        if (standing.isAdmin(decision)) {
            return Verdict.pass("admin " + actor);
        }
        if (pullRequest != null && actor.equals(pullRequest.author()) && !isForPackagers(decision)) {
            return Verdict.pass(actor + " is the author");
        }
        if (forge.isOwner(decision, actor)) {
            return Verdict.pass(actor + " is the owner");
        }
        Permission permission = forge.permission(decision, actor);
        String can = actor + " has permission " + permission.name().toLowerCase(Locale.ROOT);
        return permission.mayWrite() ? Verdict.pass(can) : Verdict.refuse(Reason.ACTOR_NOT_ALLOWED, can);
    }

    /** Builds and updates of a package are for packagers alone, whose pull request it may be (https://packit.dev/docs/retriggering). */
    private static boolean isForPackagers(Decision decision) {
        return decision.event().inDistGitOrItsTests()
                && decision.said() instanceof CommandResult.Found found
                && found.command().isForPackagers();
    }
}
