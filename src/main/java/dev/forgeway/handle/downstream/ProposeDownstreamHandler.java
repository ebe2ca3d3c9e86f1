package dev.forgeway.handle.downstream;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Project;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.service.distgit.DistGitPullRequest;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Updates a package in dist-git to a release of upstream, by a pull request for each branch
 * (https://packit.dev/docs/configuration/upstream/propose_downstream).
 */
@Component
public class ProposeDownstreamHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "propose-downstream",
            Set.of("propose_downstream"),
            Set.of("release"),
            Set.of(EventType.RELEASE, EventType.ISSUE_COMMENT, EventType.CHECK_RERUN),
            Set.of("propose-downstream"),
            "propose-downstream",
            QueueClass.LONG,
            List.of("ProposeDownstreamHandler", "GitHubIssueCommentProposeUpdateHandler"),
            "update the package in dist-git to the latest release, by a pull request for each branch");

    private final DistGit distGit;
    private final ReleaseFinder releases;
    private final PackageUpdates updates;
    private final FailedBranches failures;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;

    public ProposeDownstreamHandler(
            DistGit distGit,
            ReleaseFinder releases,
            PackageUpdates updates,
            FailedBranches failures,
            JobStore jobs,
            OutboxStore outbox,
            StoreTransaction transaction) {
        this.distGit = distGit;
        this.releases = releases;
        this.updates = updates;
        this.failures = failures;
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /**
     * Branches that an earlier attempt finished are left alone; the others are done again, and find again what was made for
     * them. What only people can help with is told when every branch has come to its end.
     */
    @Override
    public Outcome handle(Job job) {
        if (!distGit.isOn()) {
            return skipped(job, "This Forgeway has no account in dist-git.");
        }
        DownstreamPlan plan = DownstreamPlan.of(job);
        ReleaseFinder.Found release = releases.find(job);
        Optional<String> against = plan.against(release.tag());
        if (against.isPresent()) {
            return skipped(release.job(), against.get());
        }
        PackageUpdates.Wanted wanted = wanted(release, plan);
        boolean repeated = jobs.intend(job.id());
        Map<String, String> reasons = new TreeMap<>();
        TransientException later = null;
        for (String branch : open(job)) {
            try {
                succeeded(release.job(), branch, updates.update(wanted, branch).orElse(null));
            } catch (UserErrorException e) {
                reasons.put(branch, String.valueOf(e.getMessage()));
            } catch (TransientException e) {
                later = e;
            }
        }
        if (later != null) {
            throw later;
        }
        return reasons.isEmpty() ? done(job) : failed(job, release, wanted, reasons, repeated);
    }

    private static PackageUpdates.Wanted wanted(ReleaseFinder.Found release, DownstreamPlan plan) {
        Job job = release.job();
        Project project = Objects.requireNonNull(job.event().project());
        String version = plan.version(release.tag());
        String name = plan.downstreamName() == null ? project.name() : plan.downstreamName();
        String commit = job.event().commit();
        String about =
                "Upstream tag: " + release.tag() + "\n" + (commit == null ? "" : "Upstream commit: " + commit + "\n");
        return new PackageUpdates.Wanted(
                name,
                plan.specfilePath(),
                version,
                project.url(),
                "propose_downstream",
                "Update to " + version + " upstream release\n\n" + about,
                about + "\nOpened by Forgeway for " + project.url() + ".\n",
                job.receivedAt());
    }

    private List<String> open(Job job) {
        Map<String, CheckState> states = jobs.targets(job.id());
        return job.targets().stream()
                .filter(branch -> states.get(branch) != CheckState.SUCCESS)
                .toList();
    }

    private void succeeded(Job job, String branch, @Nullable DistGitPullRequest made) {
        String title = made == null ? branch + " has this version already." : "Pull request was opened.";
        transaction.run(() -> {
            if (made != null) {
                List<Link> links = new ArrayList<>(
                        jobs.find(job.id()).map(stored -> stored.links()).orElse(List.of()));
                links.add(new Link("pull request to " + branch, made.url()));
                jobs.submitted(job.id(), job.id(), links); // several jobs may update one pull request
            }
            jobs.advanceTarget(job.id(), branch, CheckState.SUCCESS);
            show(job, branch, CheckState.SUCCESS, title, made == null ? null : made.url());
        });
        StepLog.note(branch, made == null ? "up-to-date" : made.url());
    }

    private void show(Job job, String branch, CheckState state, String title, @Nullable String url) {
        if (job.event().commit() != null) {
            outbox.want(Checks.one(SPEC, job, branch, state, title, url));
        }
    }

    private Outcome failed(
            Job job,
            ReleaseFinder.Found release,
            PackageUpdates.Wanted wanted,
            Map<String, String> reasons,
            boolean repeated) {
        String what = "Release " + release.tag() + " was not proposed to all branches of dist-git";
        failures.tell(job, what, distGit.page(wanted.packageName()), reasons, repeated);
        transaction.run(() -> reasons.forEach((branch, reason) -> {
            jobs.advanceTarget(job.id(), branch, CheckState.FAILURE);
            show(release.job(), branch, CheckState.FAILURE, reason, null);
        }));
        return new Outcome(Outcome.Result.FAILED, "failed for " + String.join(", ", reasons.keySet()));
    }

    private Outcome skipped(Job job, String why) {
        outbox.wantAll(Checks.all(SPEC, job, CheckState.NEUTRAL, why, null));
        return Outcome.skipped(why);
    }

    private static Outcome done(Job job) {
        return Outcome.succeeded("proposed to " + String.join(", ", job.targets()));
    }
}
