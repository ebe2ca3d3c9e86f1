package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.TestRun;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestFinderTest {

    private final Stores stores = Stores.empty();
    private final TestFinder finder = new TestFinder(stores.jobs);
    private final Job job = stores.dispatched(
            Examples.job("tests", Examples.pullRequest(Examples.PROJECT), List.of(Examples.RAWHIDE), Map.of()));
    private final Decision decision =
            Decisions.about(new TestingFarmResultEvent("notified", null, Examples.NOON, new TestRun("t1", null, null)));

    @Test
    void findsTheJobThatAskedForTheTests() {
        stores.jobs.intend(job.id());
        stores.jobs.submitted(job.id(), "t1", List.of());

        finder.find(decision);

        assertThat(decision.isOpen()).isTrue();
        assertThat(decision.subject().id()).isEqualTo(job.id());
    }

    @Test
    void ignoresTestsThatNobodyHereAskedFor() {
        stores.jobs.submitted(job.id(), "t2", List.of());

        finder.find(decision);

        assertThat(decision.outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(decision.reason()).isEqualTo(Reason.UNKNOWN_TEST);
    }

    @Test
    void waitsWhileARequestMayBeSubmittedWhoseIdIsNotKnownYet() {
        stores.jobs.intend(job.id());

        assertThatThrownBy(() -> finder.find(decision)).isInstanceOf(TransientException.class);
        assertThat(decision.isOpen()).isTrue();
    }

    @Test
    void doesNotWaitForASubmissionThatWasGivenUp() {
        stores.jobs.intend(job.id());
        stores.jobs.finish(job.id(), Job.State.DONE, "error", "gave up", 8, Examples.NOON, List.of());

        finder.find(decision);

        assertThat(decision.reason()).isEqualTo(Reason.UNKNOWN_TEST);
    }
}
