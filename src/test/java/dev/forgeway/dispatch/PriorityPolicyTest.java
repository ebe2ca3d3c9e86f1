package dev.forgeway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.event.Event;
import dev.forgeway.testing.Examples;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityPolicyTest {

    private static final String NAMESPACE = "dispatch.priority.overrides[github.com/packit-service]";
    private static final String PROJECT = "dispatch.priority.overrides[github.com/packit-service/hello]";

    private final FixedWorkload workload = new FixedWorkload();

    private static final class Decided implements Dispatchable {

        private List<Job> jobs;

        Decided(List<Job> jobs) {
            this.jobs = jobs;
        }

        @Override
        public List<Job> jobs() {
            return jobs;
        }

        @Override
        public void jobs(List<Job> changed) {
            this.jobs = changed;
        }

        @Override
        public List<String> reports() {
            return List.of();
        }
    }

    private static Job undecided(Event event) {
        return Examples.job("copr-build", event, List.of(), Map.of()).prioritised(0, List.of());
    }

    private List<Job> prioritised(List<Job> jobs, String... settings) {
        Decided decided = new Decided(jobs);
        new PriorityPolicy(
                        Examples.settings(settings),
                        new WaitingJobs(workload, Clock.systemUTC()),
                        new ActiveNamespaces(workload, Clock.systemUTC()))
                .prioritise(decided);
        return decided.jobs();
    }

    private Job pullRequest(String... settings) {
        return prioritised(List.of(undecided(Examples.pullRequest(Examples.PROJECT))), settings)
                .get(0);
    }

    @Test
    void putsPeopleWhoWaitFirst() {
        Event comment = Examples.comment("/packit build");
        Event result = Examples.build("1", Examples.RAWHIDE, null);

        assertThat(pullRequest().priority()).isEqualTo(5);
        assertThat(prioritised(List.of(undecided(comment))).get(0).priority()).isEqualTo(7);
        assertThat(prioritised(List.of(undecided(result))).get(0).priority()).isEqualTo(6);
        assertThat(pullRequest().priorityReasons()).containsExactly("base 5 for pull-request");
    }

    @Test
    void addsWhatIsConfiguredForTheNamespaceAndForTheProject() {
        Job job = pullRequest(NAMESPACE, "-2", PROJECT, "3");

        assertThat(job.priority()).isEqualTo(6);
        assertThat(job.priorityReasons())
                .containsExactly(
                        "base 5 for pull-request",
                        "-2 for github.com/packit-service by configuration",
                        "+3 for github.com/packit-service/hello by configuration");
    }

    @ParameterizedTest
    @CsvSource({"9, 9", "-9, 0"})
    void staysWithinWhatTheBrokerKnows(String more, int priority) {
        assertThat(pullRequest(PROJECT, more).priority()).isEqualTo(priority);
    }

    @Test
    void prioritisesEveryJob() {
        Event event = Examples.pullRequest(Examples.PROJECT);

        assertThat(prioritised(List.of(undecided(event), undecided(event))))
                .extracting(Job::priority)
                .containsExactly(5, 5);
    }

    @Test
    void leavesJobsThatWereDecidedOnBefore() {
        Job before = Examples.coprBuild().prioritised(3, List.of("base 3"));

        assertThat(prioritised(List.of(before))).containsExactly(before);
        assertThat(prioritised(List.of())).isEmpty();
    }

    @Test
    void knowsWhatAHandlerStartsFrom() {
        Job job = pullRequest("dispatch.priority.handlers.[copr-build]", "4");

        assertThat(job.priorityReasons()).containsExactly("base 4 for copr-build");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 14, 30, 7, +2 active: 3 jobs since yesterday",
        "0, 14, 30, 7, +2 active: 14 jobs in 7 days",
        "0, 0, 1, 6, +1 active: 1 job in 30 days"
    })
    void prefersNamespacesThatWereActive(int day, int week, int month, int priority, String reason) {
        workload.wasActive("github.com/packit-service", day, week, month);

        Job job = pullRequest();

        assertThat(job.priority()).isEqualTo(priority);
        assertThat(job.priorityReasons()).containsExactly("base 5 for pull-request", reason);
    }

    @Test
    void doesNotPreferAnActiveNamespaceWithAStorm() {
        workload.wasActive("github.com/packit-service", 50, 50, 50).waits("github.com/packit-service/other", 1, 0, 10);

        assertThat(pullRequest().priorityReasons()).containsExactly("base 5 for pull-request");
    }

    @ParameterizedTest
    @CsvSource({"9, 0", "10, 1", "29, 1", "30, 2", "70, 3", "150, 4", "100000, 4"})
    void takesOneOffForEachDoublingOfWhatWaits(int waiting, int deduction) {
        workload.waits("github.com/packit-service/other", null, 9, waiting);

        Job job = pullRequest();

        assertThat(job.priority()).isEqualTo(5 - deduction);
        if (deduction > 0) {
            assertThat(job.priorityReasons())
                    .last()
                    .isEqualTo("-" + deduction + ": " + waiting + " jobs of github.com/packit-service already waiting");
        }
    }

    @Test
    void hasRoomForTheJobsOfAnotherPullRequestOfTheProject() {
        workload.waits("github.com/packit-service/hello", 8, 5, 6);

        assertThat(pullRequest().priority()).isEqualTo(5);

        workload.waits("github.com/packit-service/hello", 7, 5, 6);

        assertThat(pullRequest().priorityReasons()).last().asString().startsWith("-1: ");
    }

    @Test
    void doesNotCountWhatIsLessUrgentAnyway() {
        workload.waits("github.com/packit-service/hello", 8, 4, 1000);

        assertThat(pullRequest().priority()).isEqualTo(5);
    }

    @Test
    void asksOnceForManyEventsOfANamespace() {
        WaitingJobs waiting = new WaitingJobs(workload, Clock.fixed(Examples.NOON, ZoneOffset.UTC));
        ActiveNamespaces active = new ActiveNamespaces(workload, Clock.fixed(Examples.NOON, ZoneOffset.UTC));
        PriorityPolicy policy = new PriorityPolicy(Examples.settings(), waiting, active);
        int last = 0;
        for (int i = 0; i < 200; i++) {
            Decided decided = new Decided(List.of(undecided(Examples.pullRequest(Examples.PROJECT))));
            policy.prioritise(decided);
            last = decided.jobs().get(0).priority();
        }

        assertThat(workload.looks).isEqualTo(2);
        assertThat(last).as("what this process added counts at once").isEqualTo(1);
        active.destroy();
        assertThat(workload.added).containsExactly(Map.entry("github.com/packit-service", 200));
    }
}
