package dev.forgeway.handle.installation;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Comment;
import dev.forgeway.event.EventType;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.forge.Subject;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.service.fas.FedoraAccount;
import dev.forgeway.service.fas.FedoraAccounts;
import dev.forgeway.store.ApprovalIssue;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Wanted;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Approves the account that an issue is about when whoever installed the App there proves to have a Fedora account: that
 * one has to name the account on GitHub which writes the command (https://packit.dev/docs/guide#2-approval).
 */
@Component
public class VerifyFasHandler implements JobHandler {

    /** The argument with the name of the Fedora account, as it was written. */
    public static final String ACCOUNT = "word";

    public static final HandlerSpec SPEC = new HandlerSpec(
            "verify-fas",
            Set.of(),
            Set.of(),
            Set.of(EventType.ISSUE_COMMENT),
            Set.of("verify-fas"),
            null,
            QueueClass.SHORT,
            List.of(),
            "approve the account that the issue is about, for whoever has a Fedora account");

    private final Approvals approvals;
    private final Optional<FedoraAccounts> fedora;
    private final OutboxStore outbox;

    VerifyFasHandler(Approvals approvals, Optional<FedoraAccounts> fedora, OutboxStore outbox) {
        this.approvals = approvals;
        this.fedora = fedora;
        this.outbox = outbox;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    private record Answer(boolean approved, String text) {}

    @Override
    public Outcome handle(Job job) {
        IssueCommentEvent event = (IssueCommentEvent) job.event();
        int number = event.issue().number();
        Optional<ApprovalIssue> issue = approvals.at(event.project(), number);
        Answer answer = issue.map(found -> answer(found, event, job))
                .orElseGet(() -> new Answer(
                        false,
                        "This issue is about no account that waits for approval: `" + approvals.command()
                                + "` belongs into the one that was opened when the App was installed."));
        tell(job, event, answer.text());
        if (!answer.approved()) {
            return Outcome.skipped(answer.text());
        }
        return Outcome.succeeded(issue.orElseThrow().account() + " is approved" + closed(event, number));
    }

    private Answer answer(ApprovalIssue issue, IssueCommentEvent event, Job job) {
        String status = approvals.status(issue.account());
        String account = "`" + Approvals.name(issue.account()) + "`";
        if (!status.equals("waiting")) {
            boolean approved = !status.equals("denied");
            return new Answer(approved, account + (approved ? " is approved." : " may not use this service."));
        }
        String actor = Objects.requireNonNull(event.actor());
        boolean isOwner = actor.equalsIgnoreCase(Approvals.name(issue.account()));
        if (!isOwner && !actor.equalsIgnoreCase(issue.asked())) {
            String asked = issue.asked() == null ? account : "`" + issue.asked() + "`, who installed the App,";
            return refused("Only " + asked + " can answer this; an operator can approve " + account + " too.");
        }
        return verified(
                issue.account(), actor, Objects.requireNonNull(job.arguments().get(ACCOUNT)));
    }

    private Answer verified(String account, String actor, String username) {
        if (fedora.isEmpty()) {
            return refused("This service does not ask the Fedora Account System; an operator has to approve you.");
        }
        String shown = "`" + username + "`";
        Optional<FedoraAccount> found = fedora.get().find(username);
        if (found.isEmpty()) {
            return refused("There is no Fedora account " + shown + ".");
        }
        if (found.get().githubUsername() == null) {
            return refused("The Fedora account " + shown + " names no account on GitHub that others may see. Enter `"
                    + actor + "` in its profile (https://accounts.fedoraproject.org), which must not be private, and"
                    + " write the command again.");
        }
        if (!found.get().isOnGitHub(actor)) {
            return refused(
                    "The Fedora account " + shown + " names another account on GitHub than `" + actor
                            + "`. Correct it in its profile (https://accounts.fedoraproject.org), and write the command again.");
        }
        approvals.approve(account, "Fedora account " + found.get().username() + ", proved by " + actor);
        return new Answer(
                true,
                "Thank you: `" + Approvals.name(account) + "` is approved. What happens in its repositories from now on"
                        + " is followed.");
    }

    private static Answer refused(String text) {
        return new Answer(false, text);
    }

    /** A repeated run wants the answer that is there already. */
    private void tell(Job job, IssueCommentEvent event, String text) {
        Comment comment = Objects.requireNonNull(event.comment());
        outbox.want(new Wanted(
                Wanted.Kind.COMMENT,
                event.forge(),
                Target.of(event),
                Subject.of(event).orElseThrow().place(),
                "verify-fas:" + comment.id(),
                null,
                text,
                job.receivedAt(),
                job.deliveryId(),
                job.id()));
    }

    private String closed(IssueCommentEvent event, int number) {
        try {
            approvals.close(Target.of(event), number);
            return "";
        } catch (UserErrorException e) {
            return ", but the issue cannot be closed: " + e.getMessage();
        }
    }
}
