package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.FedoraCi;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.decide.packageconfig.KojiTargets;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the scratch builds of Fedora CI: of each head of a pull request of dist-git, and again on command
 * (https://packit.dev/fedora-ci/retriggering). What is built is the commit of the fork, for the branch that it is to go to.
 * A pull request of a package that takes part asks for nothing else.
 */
@Component
public class FedoraCiJobs {

    /** The command for one more build. */
    static final String COMMAND = "ci-scratch-build";

    private static final String ELN = "eln";
    private static final Set<String> TARGETS = Set.of(ELN, "rawhide");

    private final FedoraCi ci;
    private final Handlers handlers;

    public FedoraCiJobs(FedoraCi ci, Handlers handlers) {
        this.ci = ci;
        this.handlers = handlers;
    }

    /** Selects the build, where the event asks for one. */
    public void select(Decision decision) {
        Command command = decision.said() instanceof CommandResult.Found found ? found.command() : null;
        PullRequest pullRequest = decision.isOpen() ? decision.event().pullRequest() : null;
        if (pullRequest == null || !asks(decision.event(), command)) {
            StepLog.skip();
            return;
        }
        String wanted = command == null ? null : command.option("target").orElse(null);
        String source = source(decision.event(), pullRequest);
        if (wanted != null && !TARGETS.contains(wanted)) {
            decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, "`--target` is `eln` or `rawhide`");
        } else if (pullRequest.targetBranch() == null) {
            decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, "nobody says where the pull request is to go");
        } else if (source == null) {
            decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, "the fork of the pull request is gone");
        } else {
            String target = ELN.equals(wanted) ? ELN : KojiTargets.ofBranch(pullRequest.targetBranch());
            decision.select(List.of(job(decision, target, source)));
            StepLog.note("1 job", "scratch build for " + target);
        }
    }

    private boolean asks(Event event, @Nullable Command command) {
        return ci.isFor(event)
                && (command == null
                        ? event instanceof PullRequestEvent
                        : command.name().equals(COMMAND));
    }

    private Job job(Decision decision, String target, String source) {
        Map<String, String> arguments = new TreeMap<>();
        arguments.put("scratch", "true");
        arguments.put("source", source);
        arguments.put(Checks.NAME_TEMPLATE, "scratch-build:{chroot}");
        return JobSelector.job(
                decision, 0, handlers.named(KojiJobs.HANDLER).spec(), "pull_request", null, List.of(target), arguments);
    }

    /** Forks are cloned from another path than their page has (https://docs.pagure.org/pagure/usage/forks.html). */
    private static @Nullable String source(Event event, PullRequest pullRequest) {
        Project project = Objects.requireNonNull(event.project());
        String path = project.namespace() + "/" + project.name();
        String namespace = pullRequest.sourceNamespace();
        if (namespace == null
                || pullRequest.sourceName() == null
                || !project.url().endsWith(path)) {
            return null;
        }
        String root = project.url().substring(0, project.url().length() - path.length());
        return "git+" + root + namespace.replaceFirst("^fork/", "forks/") + "/" + pullRequest.sourceName() + ".git#"
                + event.commit();
    }
}
