package dev.forgeway.decide.select;

import static dev.forgeway.testing.Examples.EPEL;
import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.decide.Decision;
import dev.forgeway.decide.Decisions;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.PackageConfigFile;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.handle.koji.KojiBuildHandler;
import dev.forgeway.handle.testingfarm.TestsHandler;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which builds in Koji an event asks for, and what each waits for. */
class KojiJobsTest {

    private static final String IN_KOJI = "{job: upstream_koji_build, scratch: true, trigger: ";
    private static final String IN_COPR = "{job: copr_build, trigger: ";

    private final Stores stores = Stores.empty();
    private final JobSelector selector = Selectors.of(
            stores, DescribedHandler.handlers(CoprBuildHandler.SPEC, TestsHandler.SPEC, KojiBuildHandler.SPEC));

    private List<Job> selected(Event event, String... jobs) {
        Decision decision = Decisions.about(event);
        decision.configFile(new PackageConfigFile(".packit.yaml", "jobs:\n  - " + String.join("\n  - ", jobs) + "\n"));
        selector.fromConfig(decision);
        return decision.jobs();
    }

    private static Event opened() {
        return Examples.pullRequest(Examples.PROJECT);
    }

    private static Event commented(String text) {
        return Examples.comment(text).on(Examples.pullRequest(Examples.PROJECT).pullRequest(), Examples.COMMIT);
    }

    private static List<String> told(List<Job> jobs) {
        return jobs.stream()
                .map(job -> job.handler() + " " + job.targets() + " " + job.state())
                .toList();
    }

    @Test
    void makesOneJobForEachTargetThatWaitsForTheBuildInCopr() {
        List<Job> jobs = selected(
                opened(),
                IN_KOJI + "pull_request, targets: [fedora-rawhide, epel-10, epel-10-aarch64]}",
                IN_COPR + "pull_request, targets: [fedora-rawhide]}");

        assertThat(told(jobs))
                .containsExactly(
                        "copr-build [" + RAWHIDE + "] QUEUED",
                        "koji-build [rawhide] BLOCKED",
                        "koji-build [epel10] BLOCKED");
        assertThat(jobs).extracting(Job::id).doesNotHaveDuplicates();
        assertThat(jobs.get(2).arguments())
                .containsEntry(Job.BUILD, jobs.get(0).id())
                .containsEntry(Job.CHROOT, RAWHIDE)
                .containsEntry("scratch", "true");
    }

    @Test
    void takesWhatIsNoChrootForATargetOfKojis() {
        List<Job> jobs = selected(
                opened(),
                IN_KOJI + "pull_request, targets: [rawhide, f44, fedora-44, f44-candidate, epel10.1, eln-rebuild]}");

        assertThat(told(jobs))
                .containsExactly(
                        "copr-build [" + RAWHIDE + ", fedora-44-x86_64, " + EPEL + "] QUEUED",
                        "koji-build [rawhide] BLOCKED",
                        "koji-build [f44] BLOCKED",
                        "koji-build [f44-candidate] BLOCKED",
                        "koji-build [epel10.1] BLOCKED",
                        "koji-build [eln-rebuild] BLOCKED");
        assertThat(jobs.get(3).arguments()).containsEntry(Job.CHROOT, "fedora-44-x86_64");
    }

    @Test
    void buildsAllPackagesOfAMonorepo() {
        Decision decision = Decisions.about(opened());
        decision.configFile(new PackageConfigFile(".packit.yaml", """
                packages: {a: {}, b: {}}
                jobs: [{job: upstream_koji_build, trigger: pull_request, targets: [fedora-rawhide]}]
                """));
        selector.fromConfig(decision);

        assertThat(decision.jobs())
                .extracting(job -> job.handler() + " " + job.packageName())
                .containsExactly("copr-build a", "koji-build a", "copr-build b", "koji-build b");
    }

    @Test
    void impliesOneBuildForAllTargetsOfAPackage() {
        List<Job> jobs = selected(
                opened(),
                IN_KOJI + "pull_request, targets: [fedora-rawhide], identifier: one}",
                IN_KOJI + "pull_request, targets: [fedora-rawhide, epel-10], identifier: two}");

        assertThat(told(jobs))
                .containsExactly(
                        "copr-build [" + RAWHIDE + ", " + EPEL + "] QUEUED",
                        "koji-build [rawhide] BLOCKED",
                        "koji-build [rawhide] BLOCKED",
                        "koji-build [epel10] BLOCKED");
        assertThat(jobs.get(3).arguments()).containsEntry(Job.CHROOT, EPEL);
    }

    @Test
    void sharesTheBuildOfTheTests() {
        List<Job> jobs = selected(
                opened(),
                IN_KOJI + "pull_request, targets: [fedora-rawhide]}",
                "{job: tests, trigger: pull_request, targets: [epel-10]}");

        assertThat(told(jobs))
                .containsExactly(
                        "copr-build [" + EPEL + "] QUEUED",
                        "tests [centos-stream-10-x86_64] BLOCKED",
                        "koji-build [rawhide] BLOCKED");
    }

    @Test
    void servesPushesAndReleases() {
        String config = IN_KOJI + "commit, targets: [fedora-rawhide]}";
        String ofRelease = IN_KOJI + "release, targets: [fedora-rawhide]}";

        assertThat(told(selected(Examples.push("pushed", "refs/heads/main", Examples.COMMIT), config, ofRelease)))
                .containsExactly("copr-build [" + RAWHIDE + "] QUEUED", "koji-build [rawhide] BLOCKED");
        assertThat(told(selected(Examples.release("v1"), config, ofRelease)))
                .containsExactly("copr-build [" + RAWHIDE + "] QUEUED", "koji-build [rawhide] BLOCKED");
        assertThat(selected(opened(), config, ofRelease)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ",          PENDING, BLOCKED, 0",
        ",          FAILURE, QUEUED,  0",
        "succeeded, SUCCESS, QUEUED,  0",
        "failed,    FAILURE, BLOCKED, 1",
        "canceled,  PENDING, BLOCKED, 1"
    })
    void takesTheNewestBuildOfTheCommitOnCommandUnlessItFailed(
            String outcome, CheckState chroot, Job.State state, int more) {
        Job build = stores.dispatched(Examples.coprBuild(RAWHIDE));
        stores.jobs.advanceTarget(build.id(), RAWHIDE, chroot);
        if (outcome != null) {
            stores.jobs.finish(build.id(), Job.State.DONE, outcome, null, 1, Examples.NOON, List.of());
        }

        List<Job> jobs = selected(
                commented("/packit upstream-koji-build"), IN_KOJI + "pull_request, targets: [fedora-rawhide]}");

        assertThat(jobs).hasSize(1 + more);
        Job inKoji = jobs.get(jobs.size() - 1);
        assertThat(inKoji.state()).isEqualTo(state);
        if (more == 0) {
            assertThat(inKoji.arguments()).containsEntry(Job.BUILD, build.id());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fedora-rawhide,        rawhide",
        "fedora-eln,            eln",
        "fedora-44,             f44",
        "fedora-44-aarch64,     f44",
        "epel-9,                epel9",
        "epel-10,               epel10",
        "centos-stream-10,      centos-stream-10"
    })
    void namesTheTargetsAsKojiDoes(String written, String target) {
        List<Job> jobs = selected(opened(), IN_KOJI + "pull_request, targets: [" + written + "]}");

        assertThat(jobs.get(1).targets()).containsExactly(target);
    }
}
