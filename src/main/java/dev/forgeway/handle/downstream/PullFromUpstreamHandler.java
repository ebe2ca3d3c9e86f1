package dev.forgeway.handle.downstream;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.event.NewUpstreamVersionEvent;
import dev.forgeway.event.Project;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.service.distgit.DistGit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Updates a package in dist-git to a version that upstream released, whoever upstream is, by a pull request for each branch
 * (https://packit.dev/docs/configuration/downstream/pull_from_upstream).
 */
@Component
public class PullFromUpstreamHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "pull-from-upstream",
            Set.of("pull_from_upstream"),
            Set.of("release"),
            Set.of(EventType.NEW_UPSTREAM_VERSION),
            Set.of(),
            null,
            QueueClass.LONG,
            List.of(),
            "update the package to a new version of upstream, by a pull request for each branch");

    private final DistGit distGit;
    private final BranchUpdates branches;
    private final FailedBranches failures;

    public PullFromUpstreamHandler(DistGit distGit, BranchUpdates branches, FailedBranches failures) {
        this.distGit = distGit;
        this.branches = branches;
        this.failures = failures;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        if (!distGit.isOn()) {
            return Outcome.skipped("This Forgeway has no account in dist-git.");
        }
        NewUpstreamVersionEvent event = (NewUpstreamVersionEvent) job.event();
        DownstreamPlan plan = DownstreamPlan.of(job);
        Optional<String> newest = event.pkg().versions().stream()
                .flatMap(found ->
                        plan.meant(found).stream()) // projects release other things too, which hold up no version
                .max(RpmVersion.ORDER);
        if (newest.isEmpty()) {
            return Outcome.skipped("None of the versions is meant: "
                    + String.join(", ", event.pkg().versions()));
        }
        PackageUpdates.Wanted wanted = wanted(job, event, plan, newest.get());
        return branches.update(
                SPEC, job, job, wanted, (reasons, repeated) -> tell(job, plan, wanted, reasons, repeated));
    }

    private PackageUpdates.Wanted wanted(Job job, NewUpstreamVersionEvent event, DownstreamPlan plan, String version) {
        String bug = event.pkg().bugId() == null
                ? ""
                : "Resolves: rhbz#" + event.pkg().bugId() + "\n";
        String about = "Upstream version: " + version + "\n" + bug;
        return new PackageUpdates.Wanted(
                event.pkg().name(),
                plan.specfilePath(),
                version,
                null,
                null,
                plan,
                "pull_from_upstream",
                "Update to " + version + " upstream release\n\n" + about,
                about + "\nOpened by Forgeway, as the package config of the package asks for.\n",
                job.receivedAt());
    }

    private void tell(
            Job job, DownstreamPlan plan, PackageUpdates.Wanted wanted, Map<String, String> reasons, boolean repeated) {
        String repository = plan.issueRepository();
        if (repository == null) {
            return;
        }
        String what = "Version " + wanted.version() + " of " + wanted.packageName()
                + " did not come to all branches of dist-git";
        Project.at(repository, null, null)
                .ifPresent(project ->
                        failures.tellIn(project, job, what, distGit.page(wanted.packageName()), reasons, repeated));
    }
}
