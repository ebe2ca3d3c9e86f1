package dev.forgeway.handle.downstream;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Project;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.service.distgit.DistGit;
import dev.forgeway.store.OutboxStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
            Set.of("propose-downstream", "propose-update"),
            "propose-downstream",
            QueueClass.LONG,
            List.of("ProposeDownstreamHandler", "GitHubIssueCommentProposeUpdateHandler"),
            "update the package in dist-git to the latest release, by a pull request for each branch");

    private final DistGit distGit;
    private final ReleaseFinder releases;
    private final BranchUpdates branches;
    private final FailedBranches failures;
    private final OutboxStore outbox;

    public ProposeDownstreamHandler(
            DistGit distGit,
            ReleaseFinder releases,
            BranchUpdates branches,
            FailedBranches failures,
            OutboxStore outbox) {
        this.distGit = distGit;
        this.releases = releases;
        this.branches = branches;
        this.failures = failures;
        this.outbox = outbox;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        if (!distGit.isOn()) {
            return skipped(job, job, "This Forgeway has no account in dist-git.");
        }
        DownstreamPlan plan = DownstreamPlan.of(job);
        ReleaseFinder.Found release = find(job, plan);
        Optional<String> against = plan.against(release.tag());
        if (against.isPresent()) {
            return skipped(job, release.job(), against.get());
        }
        PackageUpdates.Wanted wanted = wanted(release, plan);
        String what = "Release " + release.tag() + " was not proposed to all branches of dist-git";
        return branches.update(
                SPEC,
                job,
                release.job(),
                wanted,
                reasons -> failures.tell(job, what, distGit.page(wanted.packageName()), reasons));
    }

    private ReleaseFinder.Found find(Job job, DownstreamPlan plan) {
        try {
            return releases.find(job, plan);
        } catch (UserErrorException e) {
            failures.tell(job, String.valueOf(e.getMessage()));
            throw e;
        }
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
                job.packageName(),
                plan.specfilePath(),
                version,
                release.tag(),
                project.url(),
                plan,
                List.of(),
                "propose_downstream",
                "Update to " + version + " upstream release\n\n" + about,
                about + "\nOpened by Forgeway for " + project.url() + ".\n",
                job.receivedAt());
    }

    private Outcome skipped(Job job, Job shown, String why) {
        outbox.wantAll(Checks.all(SPEC, shown, CheckState.NEUTRAL, why, null));
        failures.tell(job, why);
        return Outcome.skipped(why);
    }
}
