package dev.forgeway.handle.testingfarm;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.TestPlan;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.handle.copr.CoprBuildRequests;
import dev.forgeway.service.copr.Copr;
import dev.forgeway.store.JobQuery;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.StoredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The builds that tests are run with: that of their own commit, in Copr or Koji, and those of other pull requests in Copr. */
@Component
class CoprBuilds {

    private static final String BUILDER = CoprBuildHandler.SPEC.name();
    private static final int NEWEST = 200;

    private final JobStore jobs;
    private final Copr copr;
    private final CoprBuildRequests requests;

    CoprBuilds(JobStore jobs, Copr copr, CoprBuildRequests requests) {
        this.jobs = jobs;
        this.copr = copr;
        this.requests = requests;
    }

    /** How the chroot that tests need stands; nothing where nobody builds it. A build that is over moves no more. */
    Optional<CheckState> state(Job tests) {
        return own(tests).map(build -> {
            CheckState chroot = build.targets().getOrDefault(chroot(tests), CheckState.PENDING);
            if (chroot.isFinal() || build.job().state() != Job.State.DONE) {
                return chroot;
            }
            return "canceled".equals(build.outcome()) ? CheckState.CANCELED : CheckState.FAILURE;
        });
    }

    /** @throws UserErrorException when another pull request has no successful build */
    List<TestedBuild> of(Job tests, TestPlan plan) {
        List<TestedBuild> builds = new ArrayList<>();
        if (!plan.skipBuild()) {
            builds.add(tested(own(tests).orElseThrow(), chroot(tests)));
        }
        for (String other : plan.builtWith()) {
            builds.add(tested(ofPullRequest(tests, other), chroot(tests)));
        }
        return builds;
    }

    /** The task of Koji that made what is tested; empty where Copr built it. */
    Optional<String> kojiTask(Job tests) {
        return own(tests)
                .map(StoredJob::job)
                .filter(build -> !build.handler().equals(BUILDER))
                .flatMap(build -> Optional.ofNullable(build.externalId()));
    }

    private Optional<StoredJob> own(Job tests) {
        return Optional.ofNullable(tests.arguments().get(Job.BUILD)).flatMap(jobs::find);
    }

    /** @param other {@code namespace/name#number}, on the forge of the tests */
    private StoredJob ofPullRequest(Job tests, String other) {
        int hash = other.lastIndexOf('#');
        int number = Integer.parseInt(other.substring(hash + 1));
        String key = Objects.requireNonNull(tests.event().project()).host() + "/" + other.substring(0, hash);
        return jobs.search(new JobQuery(BUILDER, null, null, key, number, NEWEST), true).stream()
                .filter(build -> build.targets().get(chroot(tests)) == CheckState.SUCCESS)
                .findFirst()
                .orElseThrow(() -> new UserErrorException(
                        "There is no successful Copr build of " + other + " for " + chroot(tests) + "."));
    }

    private TestedBuild tested(StoredJob build, String chroot) {
        Job job = build.job();
        Project project = Objects.requireNonNull(job.event().project());
        var request = requests.of(job, project);
        String id = Objects.requireNonNull(job.externalId());
        return new TestedBuild(id, chroot, request.owner() + "/" + request.project(), copr.packages(id, chroot));
    }

    private static String chroot(Job tests) {
        return Objects.requireNonNull(tests.arguments().get(Job.CHROOT));
    }
}
