package dev.forgeway.handle.downstream;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Updates a package in dist-git to a version that upstream released, whoever upstream is, by a pull request for each branch:
 * when the bus tells of a version, and when a packager asks for it below any pull request of the package
 * (https://packit.dev/docs/configuration/downstream/pull_from_upstream).
 */
@Component
public class PullFromUpstreamHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "pull-from-upstream",
            Set.of("pull_from_upstream"),
            Set.of("release"),
            Set.of(EventType.NEW_UPSTREAM_VERSION, EventType.PULL_REQUEST_COMMENT),
            Set.of("pull-from-upstream"),
            null,
            QueueClass.LONG,
            List.of(),
            "update the package to a new version of upstream, by a pull request for each branch");

    private static final String OFF = "This Forgeway has no account in dist-git.";

    private final DistGit distGit;
    private final ReleaseFinder releases;
    private final BranchUpdates branches;
    private final FailedBranches failures;

    public PullFromUpstreamHandler(
            DistGit distGit, ReleaseFinder releases, BranchUpdates branches, FailedBranches failures) {
        this.distGit = distGit;
        this.releases = releases;
        this.branches = branches;
        this.failures = failures;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        if (job.event() instanceof NewUpstreamVersionEvent released) {
            return distGit.isOn() ? update(job, released) : Outcome.skipped(OFF);
        }
        Outcome outcome;
        try {
            outcome = distGit.isOn() ? updateOnCommand(job) : Outcome.skipped(OFF);
        } catch (UserErrorException e) {
            outcome = new Outcome(Outcome.Result.FAILED, String.valueOf(e.getMessage()));
        }
        failures.answer(job, outcome.detail());
        return outcome;
    }

    private Outcome update(Job job, NewUpstreamVersionEvent event) {
        DownstreamPlan plan = DownstreamPlan.of(job);
        Optional<String> newest = event.pkg().versions().stream()
                .flatMap(found ->
                        plan.meant(found).stream()) // projects release other things too, which hold up no version
                .max(RpmVersion.ORDER);
        if (newest.isEmpty()) {
            return Outcome.skipped("None of the versions is meant: "
                    + String.join(", ", event.pkg().versions()));
        }
        List<String> bugs = event.pkg().bugId() == null
                ? List.of()
                : List.of("rhbz#" + event.pkg().bugId());
        PackageUpdates.Wanted wanted = wanted(job, event.pkg().name(), plan, newest.get(), bugs);
        return branches.update(SPEC, job, job, wanted, reasons -> tell(job, plan, wanted, reasons));
    }

    /**
     * The version and the bugs are those that the command names; without a version, it is the one of the latest release of
     * upstream, where the config says who that is (https://packit.dev/docs/retriggering#pull_from_upstream).
     */
    private Outcome updateOnCommand(Job job) {
        DownstreamPlan plan = DownstreamPlan.of(job);
        String asked = job.arguments().get(DownstreamPlan.VERSION);
        String version = asked == null ? releases.ofUpstream(job, plan) : DownstreamPlan.valid(asked);
        String bugs = job.arguments().getOrDefault(DownstreamPlan.BUGS, "");
        PackageUpdates.Wanted wanted = wanted(
                job,
                Objects.requireNonNull(job.event().project()).name(),
                plan,
                version,
                bugs.isEmpty() ? List.of() : List.of(bugs.split(",")));
        return branches.update(SPEC, job, job, wanted, reasons -> {});
    }

    private static PackageUpdates.Wanted wanted(
            Job job, String packageName, DownstreamPlan plan, String version, List<String> bugs) {
        String about = "Upstream version: " + version + "\n"
                + bugs.stream().map(bug -> "Resolves: " + bug + "\n").collect(Collectors.joining());
        return new PackageUpdates.Wanted(
                packageName,
                job.packageName(),
                plan.specfilePath(),
                version,
                null,
                null,
                plan,
                bugs,
                "pull_from_upstream",
                "Update to " + version + " upstream release\n\n" + about,
                about + "\nOpened by Forgeway, as the package config of the package asks for.\n",
                job.receivedAt());
    }

    private void tell(Job job, DownstreamPlan plan, PackageUpdates.Wanted wanted, Map<String, String> reasons) {
        String repository = plan.issueRepository();
        if (repository == null) {
            return;
        }
        String what = "Version " + wanted.version() + " of " + wanted.packageName()
                + " did not come to all branches of dist-git";
        Project.at(repository, null, null)
                .ifPresent(project -> failures.tellIn(project, job, what, distGit.page(wanted.packageName()), reasons));
    }
}
