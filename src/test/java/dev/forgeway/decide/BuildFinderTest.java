package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildFinderTest {

    private final Stores stores = Stores.empty();
    private final BuildFinder finder = new BuildFinder(stores.jobs);
    private final Job job = stores.dispatched(Examples.coprBuild(Examples.RAWHIDE));
    private final Decision decision = Decisions.about(Examples.build("1001", Examples.RAWHIDE, null));

    @Test
    void findsTheJobThatAskedForTheBuild() {
        stores.jobs.intend(job.id());
        stores.jobs.submitted(job.id(), "1001", List.of());

        finder.find(decision);

        assertThat(decision.isOpen()).isTrue();
        assertThat(decision.subject().id()).isEqualTo(job.id());
    }

    @Test
    void ignoresABuildThatNobodyHereAskedFor() {
        stores.jobs.submitted(job.id(), "2002", List.of());

        finder.find(decision);

        assertThat(decision.outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(decision.reason()).isEqualTo(Reason.UNKNOWN_BUILD);
    }

    @Test
    void waitsWhileABuildMayBeSubmittedWhoseIdIsNotKnownYet() {
        stores.jobs.intend(job.id());

        assertThatThrownBy(() -> finder.find(decision)).isInstanceOf(TransientException.class);
        assertThat(decision.isOpen()).isTrue();
    }

    @Test
    void doesNotWaitForASubmissionThatWasGivenUp() {
        stores.jobs.intend(job.id());
        stores.jobs.finish(job.id(), Job.State.DONE, "error", "gave up", 8, Examples.NOON, List.of());

        finder.find(decision);

        assertThat(decision.reason()).isEqualTo(Reason.UNKNOWN_BUILD);
    }
}
