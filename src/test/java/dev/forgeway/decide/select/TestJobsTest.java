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
import dev.forgeway.handle.TestPlan;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.handle.testingfarm.TestsHandler;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tests an event asks for, and what each waits for. */
class TestJobsTest {

    private static final String OPENED = "opened";

    private final Stores stores = Stores.empty();
    private final JobSelector selector =
            Selectors.of(stores, DescribedHandler.handlers(CoprBuildHandler.SPEC, TestsHandler.SPEC));

    /** @param what "opened" or the text of a comment on the same pull request */
    private List<Job> selected(String what, String... jobs) {
        var opened = Examples.pullRequest(Examples.PROJECT);
        Event event = what.equals(OPENED) ? opened : Examples.comment(what).on(opened.pullRequest(), Examples.COMMIT);
        Decision decision = Decisions.about(event);
        String config =
                "jobs:\n  - {trigger: pull_request, " + String.join("}\n  - {trigger: pull_request, ", jobs) + "}\n";
        decision.configFile(new PackageConfigFile(".packit.yaml", config));
        selector.fromConfig(decision);
        return decision.jobs();
    }

    private static List<String> told(List<Job> jobs) {
        return jobs.stream()
                .map(job -> job.handler() + " " + job.targets() + " " + job.state())
                .toList();
    }

    @Test
    void makesOneJobForEachTargetThatWaitsForItsBuild() {
        List<Job> jobs = selected(
                OPENED,
                "job: copr_build, targets: [fedora-rawhide, epel-10]",
                "job: tests, targets: [fedora-rawhide, epel-10]");

        assertThat(told(jobs))
                .containsExactly(
                        "copr-build [" + RAWHIDE + ", " + EPEL + "] QUEUED",
                        "tests [" + RAWHIDE + "] BLOCKED",
                        "tests [centos-stream-10-x86_64] BLOCKED");
        assertThat(jobs.get(2).arguments())
                .containsEntry(Job.BUILD, jobs.get(0).id())
                .containsEntry(Job.CHROOT, EPEL);
        assertThat(jobs).extracting(Job::id).doesNotHaveDuplicates();
    }

    @Test
    void testsAllPackagesOfAMonorepo() {
        Decision decision = Decisions.about(Examples.pullRequest(Examples.PROJECT));
        decision.configFile(new PackageConfigFile(".packit.yaml", """
                packages: {a: {}, b: {}}
                jobs:
                  - {job: copr_build, trigger: pull_request, targets: [fedora-rawhide]}
                  - {job: tests, trigger: pull_request, targets: [fedora-rawhide]}
                """));
        selector.fromConfig(decision);

        List<Job> jobs = decision.jobs();
        assertThat(jobs)
                .extracting(job -> job.handler() + " " + job.packageName())
                .containsExactly("copr-build a", "copr-build b", "tests a", "tests b");
        assertThat(jobs.get(3).arguments()).containsEntry(Job.BUILD, jobs.get(1).id());
    }

    @Test
    void prefersTheBuildWithTheSameIdentifier() {
        List<Job> jobs = selected(
                OPENED,
                "job: copr_build, targets: [fedora-rawhide], identifier: one",
                "job: copr_build, targets: [fedora-rawhide], identifier: two",
                "job: tests, targets: [fedora-rawhide], identifier: two");

        assertThat(jobs.get(2).arguments()).containsEntry(Job.BUILD, jobs.get(1).id());
    }

    @Test
    void impliesOneBuildForAllTestsOfAPackage() {
        List<Job> jobs = selected(
                OPENED,
                "job: tests, targets: [fedora-rawhide], identifier: one",
                "job: tests, targets: [fedora-rawhide, epel-10], identifier: two",
                "job: tests, targets: [fedora-42], skip_build: true");

        assertThat(told(jobs))
                .containsExactly(
                        "copr-build [" + RAWHIDE + ", " + EPEL + "] QUEUED",
                        "tests [" + RAWHIDE + "] BLOCKED",
                        "tests [" + RAWHIDE + "] BLOCKED",
                        "tests [centos-stream-10-x86_64] BLOCKED",
                        "tests [fedora-42-x86_64] QUEUED");
    }

    @Test
    void impliesNoBuildWhereTheConfigHasOneThatIsAskedForByHand() {
        List<Job> jobs = selected(
                OPENED,
                "job: copr_build, targets: [fedora-rawhide], manual_trigger: true",
                "job: tests, targets: [fedora-rawhide]");

        assertThat(jobs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/packit build, 'copr-build,tests'",
        "/packit test,  'tests,tests,tests'",
        "/packit test --labels slow, tests",
        "/packit test --id by-hand,  tests"
    })
    void asksForWhatACommandNames(String command, String expected) {
        List<Job> jobs = selected(
                command,
                "job: copr_build, targets: [fedora-rawhide]",
                "job: tests, targets: [fedora-rawhide], identifier: full, labels: [slow]",
                "job: tests, targets: [fedora-rawhide], identifier: by-hand, manual_trigger: true",
                "job: tests, targets: [fedora-rawhide], identifier: plain, skip_build: true");

        assertThat(String.join(",", jobs.stream().map(Job::handler).toList())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /packit test                | default_labels: [slow, other]                     | full
            /packit test --env A=1      | default_identifier: plain                         | plain
            /packit test --id by-hand   | default_identifier: plain, default_labels: [slow] | by-hand
            /packit test --labels plain | default_identifier: full                          | plain
            /packit test                | default_labels: [nobody-has-it]                   | ''
            """)
    void asksForWhatTheConfigSaysWhereACommandNamesNothing(String command, String byDefault, String expected) {
        String more = ", targets: [fedora-rawhide], skip_build: true, test_command: {" + byDefault + "}";

        List<Job> jobs = selected(
                command,
                "job: tests, identifier: full, labels: [slow]" + more,
                "job: tests, identifier: by-hand, manual_trigger: true" + more,
                "job: tests, identifier: plain, labels: [plain]" + more);

        assertThat(jobs.stream().map(job -> job.arguments().get("identifier")).collect(Collectors.joining(",")))
                .isEqualTo(expected);
    }

    @Test
    void takesTheNewestBuildOfTheCommit() {
        Job older = stores.dispatched(Examples.coprBuild(RAWHIDE));
        Job newer = stores.dispatched(Examples.coprBuild(RAWHIDE));
        stores.dispatched(Examples.coprBuild(EPEL));
        String newest = Objects.requireNonNull(
                List.of(older.id(), newer.id()).stream().max(String::compareTo).orElse(null));

        List<Job> jobs = selected("/packit test", "job: tests, targets: [fedora-rawhide]");

        assertThat(jobs).singleElement().satisfies(job -> {
            assertThat(job.arguments()).containsEntry(Job.BUILD, newest);
            assertThat(job.state()).isEqualTo(Job.State.BLOCKED);
        });
    }

    /** Their end is shown before their job has come to it. */
    @Test
    void repeatsTestsThatFailedAsSoonAsPeopleSeeIt() {
        String config = "job: tests, targets: [fedora-rawhide], skip_build: true";
        Job first = stores.dispatched(selected(OPENED, config).get(0));
        assertThat(selected("/packit retest-failed", config)).as("they run").isEmpty();

        stores.jobs.advanceTarget(first.id(), RAWHIDE, CheckState.FAILURE);

        assertThat(told(selected("/packit retest-failed", config))).containsExactly("tests [" + RAWHIDE + "] QUEUED");
    }

    @Test
    void takesNoBuildOfABranchForAPullRequest() {
        stores.dispatched(Examples.job(
                "copr-build", Examples.push("pushed", "refs/heads/main", Examples.COMMIT), List.of(RAWHIDE), Map.of()));

        assertThat(selected("/packit test", "job: tests, targets: [fedora-rawhide]"))
                .singleElement()
                .satisfies(job -> assertThat(job.arguments()).doesNotContainKey(Job.BUILD));
    }

    @Test
    void carriesThePlanOfTheConfigAndTheCommand() {
        List<Job> jobs = selected(
                "/packit test flow/other#7 --env B=3",
                "job: tests, targets: [fedora-rawhide], tmt_plan: smoke, env: {A: 1, B: 2}, skip_build: true");

        TestPlan plan = TestPlan.of(jobs.get(0));
        assertThat(plan.tmtPlan()).isEqualTo("smoke");
        assertThat(plan.env()).isEqualTo(Map.of("A", "1", "B", "3"));
        assertThat(plan.builtWith()).containsExactly("flow/other#7");
        assertThat(plan.skipBuild()).isTrue();
    }
}
