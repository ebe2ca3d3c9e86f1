package dev.forgeway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.event.Event;
import dev.forgeway.testing.Examples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityPolicyTest {

    private static final String NAMESPACE = "dispatch.priority.overrides[github.com/packit-service]";
    private static final String PROJECT = "dispatch.priority.overrides[github.com/packit-service/hello]";

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

    private static List<Job> prioritised(List<Job> jobs, String... settings) {
        Decided decided = new Decided(jobs);
        new PriorityPolicy(Examples.settings(settings)).prioritise(decided);
        return decided.jobs();
    }

    private static Job pullRequest(String... settings) {
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
}
