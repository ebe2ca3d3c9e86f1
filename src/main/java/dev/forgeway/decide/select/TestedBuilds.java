package dev.forgeway.decide.select;

import dev.forgeway.decide.Rerun;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.Origin;
import dev.forgeway.handle.TestPlan;
import dev.forgeway.store.FollowerStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.StoredJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the build that tests are for: of the same commit, package and origin, with the chroot that they need; the one with
 * the identifier of the tests before others, and newer ones before older ones.
 */
@Component
public class TestedBuilds {

    static final String BUILDER = "copr-build";

    /** The outcomes of jobs that failed. */
    private static final Set<String> FAILED = Set.of("failed", "error");

    private final JobStore jobs;
    private final FollowerStore followers;

    public TestedBuilds(JobStore jobs, FollowerStore followers) {
        this.jobs = jobs;
        this.followers = followers;
    }

    /** Whether one of these jobs builds the package. */
    boolean isBuilt(@Nullable String packageName, List<Job> selected) {
        return selected.stream()
                .anyMatch(job -> job.handler().equals(BUILDER) && Objects.equals(job.packageName(), packageName));
    }

    /**
     * The job of tests with its build as an argument, held back while that is not done. Without a build it is left as it
     * is.
     *
     * @param selected jobs of the same decision, whose builds come first
     */
    Job follow(Job tests, List<Job> selected) {
        if (TestPlan.of(tests).skipBuild()) {
            return tests;
        }
        Comparator<Job> order = Comparator.comparing(build -> !hasSameIdentifier(build, tests));
        Optional<Job> here = selected.stream().filter(builds(tests)).min(order);
        if (here.isPresent()) {
            return tests.with(Job.BUILD, here.get().id()).blocked();
        }
        Optional<StoredJob> before = ofCommit(BUILDER, tests.event()).stream()
                .filter(build -> builds(tests).test(build.job()))
                .min(Comparator.comparing(StoredJob::job, order));
        return before.map(build -> {
                    Job following = tests.with(Job.BUILD, build.job().id());
                    return isOver(build, tests) ? following : following.blocked();
                })
                .orElse(tests);
    }

    private static Predicate<Job> builds(Job tests) {
        String chroot = Objects.requireNonNull(tests.arguments().get(Job.CHROOT));
        return job -> job.handler().equals(BUILDER)
                && job.targets().contains(chroot)
                && Objects.equals(job.packageName(), tests.packageName())
                && Origin.of(job).equals(Origin.of(tests));
    }

    private static boolean hasSameIdentifier(Job build, Job tests) {
        return Objects.equals(
                build.arguments().get(Checks.IDENTIFIER), tests.arguments().get(Checks.IDENTIFIER));
    }

    private static boolean isOver(StoredJob build, Job tests) {
        CheckState chroot = build.targets().get(tests.arguments().get(Job.CHROOT));
        return build.job().state() == Job.State.DONE || (chroot != null && chroot.isFinal());
    }

    /** The jobs of a handler for the commit of an event, newest first. */
    List<StoredJob> ofCommit(String handler, Event event) {
        Project project = event.project();
        String commit = event.commit();
        return project == null || commit == null ? List.of() : jobs.ofCommit(handler, project.key(), commit);
    }

    /** The builds of the commit of an event that failed, each with the targets that no newer build was for. */
    List<Rerun> failed(Event event) {
        Set<String> seen = new HashSet<>();
        List<Rerun> failed = new ArrayList<>();
        for (StoredJob newest : ofCommit(BUILDER, event)) {
            Job build = newest.job();
            List<String> targets = build.targets().stream()
                    .filter(target -> seen.add(
                            build.packageName() + "/" + build.arguments().get(Checks.IDENTIFIER) + "/" + target))
                    .filter(target -> hasFailed(newest, target))
                    .toList();
            if (!targets.isEmpty()) {
                failed.add(new Rerun(build, targets));
            }
        }
        return failed;
    }

    /** A target comes to its end, which people see, before its job does. */
    static boolean hasFailed(StoredJob job, String target) {
        CheckState state = job.targets().get(target);
        return state == null || !state.isFinal()
                ? FAILED.contains(String.valueOf(job.outcome()))
                : state == CheckState.FAILURE || state == CheckState.ERROR;
    }

    /** The jobs of tests that needed one of these chroots of a build, newest first. */
    List<Job> testsOf(String buildId, List<String> chroots) {
        Stream<Job> tests = followers.of(buildId).stream();
        return tests.filter(job -> job.handler().equals(TestJobs.HANDLER))
                .filter(job -> chroots.contains(job.arguments().get(Job.CHROOT)))
                .toList();
    }
}
