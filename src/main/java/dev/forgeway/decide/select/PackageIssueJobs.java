package dev.forgeway.decide.select;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.command.Command;
import dev.forgeway.decide.command.CommandResult;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Forges;
import dev.forgeway.forge.Target;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.Origin;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.AllowlistStore;
import dev.forgeway.store.FollowerStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Makes the jobs that a comment asks for in an issue about a build or an update of dist-git that failed
 * (https://packit.dev/docs/retriggering): {@code koji-build} builds what is on the branch now, with the update that is to
 * follow, and {@code create-update} makes an update of the newest build of the branch.
 */
@Component
public class PackageIssueJobs {

    private final JobStore jobs;
    private final FollowerStore followers;
    private final AllowlistStore allowlist;
    private final Forges forges;
    private final Handlers handlers;

    public PackageIssueJobs(
            JobStore jobs, FollowerStore followers, AllowlistStore allowlist, Forges forges, Handlers handlers) {
        this.jobs = jobs;
        this.followers = followers;
        this.allowlist = allowlist;
        this.forges = forges;
        this.handlers = handlers;
    }

    /** Selects the jobs, where the issue is about one; other comments pass by. */
    public void select(Decision decision) {
        if (!decision.isOpen()
                || !(decision.event() instanceof IssueCommentEvent)
                || decision.reruns().isEmpty()
                || !DownstreamPlan.isUnwatched(decision.reruns().get(0).job().event())) {
            StepLog.skip();
            return;
        }
        Job failed = decision.reruns().get(0).job();
        Command command = ((CommandResult.Found) decision.said()).command();
        if (!isApproved(decision, Objects.requireNonNull(failed.event().project()))) {
            return;
        }
        List<Job> again = command.name().equals("koji-build") ? builds(decision, failed) : updates(decision, failed);
        if (!decision.isOpen()) {
            return;
        }
        if (again.isEmpty()) {
            decision.stop(Outcome.FILTERED, Reason.NO_MATCHING_JOB, "no such job belongs to " + failed.id());
            return;
        }
        decision.select(again);
        StepLog.note(again.size() == 1 ? "1 job" : again.size() + " jobs", "for " + branch(failed));
    }

    /** The approval of the repository of the issue is no approval of the package. */
    private boolean isApproved(Decision decision, Project pkg) {
        String status =
                allowlist.status(pkg.host(), pkg.namespace(), pkg.name()).orElse("unknown");
        if (status.startsWith("approved")) {
            return true;
        }
        boolean denied = status.equals("denied");
        decision.stop(
                Outcome.FILTERED,
                denied ? Reason.NAMESPACE_DENIED : Reason.NAMESPACE_NOT_APPROVED,
                denied ? pkg.key() : pkg.namespaceKey() + " is " + status);
        return false;
    }

    private List<Job> builds(Decision decision, Job failed) {
        Optional<Job> first = failed.handler().equals(KojiJobs.HANDLER)
                ? Optional.of(failed)
                : Optional.ofNullable(failed.arguments().get(Job.BUILD)).flatMap(jobs::load);
        if (first.isEmpty()) {
            return List.of();
        }
        Event event = failed.event();
        String branch = branch(failed);
        Optional<String> head = forges.named(event.forge()).findBranchHead(Target.of(event), branch);
        if (head.isEmpty()) {
            decision.stop(Outcome.FILTERED, Reason.REF_MISMATCH, "there is no branch " + branch);
            return List.of();
        }
        List<Job> again = new ArrayList<>();
        Job build = again(decision, again, first.get(), first.get().arguments())
                .with("source", KojiJobs.source(Objects.requireNonNull(event.project()), head.get()));
        again.add(build);
        for (Job update : updatesOf(first.get())) {
            again.add(again(decision, again, update, update.arguments())
                    .with(Job.BUILD, build.id())
                    .blocked());
        }
        return again;
    }

    private static String branch(Job failed) {
        return Origin.of(failed).map(Origin::value).orElseThrow();
    }

    private List<Job> updates(Decision decision, Job failed) {
        List<Job> first = failed.handler().equals(KojiJobs.UPDATES) ? List.of(failed) : updatesOf(failed);
        List<Job> again = new ArrayList<>();
        for (Job update : first) {
            Map<String, String> arguments = new TreeMap<>(update.arguments());
            arguments.remove(Job.BUILD);
            arguments.remove(Job.CHROOT);
            again.add(again(decision, again, update, arguments));
        }
        return again;
    }

    private List<Job> updatesOf(Job build) {
        return followers.of(build.id()).stream()
                .filter(job -> job.handler().equals(KojiJobs.UPDATES))
                .toList();
    }

    private Job again(Decision decision, List<Job> others, Job first, Map<String, String> arguments) {
        HandlerSpec spec = handlers.named(first.handler()).spec();
        String name = Objects.requireNonNull(first.event().project()).name();
        return JobSelector.job(
                        decision, others.size(), spec, first.trigger(), first.packageName(), first.targets(), arguments)
                .with(DownstreamPlan.PACKAGE, name);
    }
}
