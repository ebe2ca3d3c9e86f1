package dev.forgeway.decide;

import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.CheckState;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowUpsTest {

    private final Stores stores = Stores.empty();
    private final FollowUps followUps = new FollowUps(stores.deliveries, stores.followers);
    private final Job build = stores.dispatched(Examples.coprBuild(RAWHIDE));
    private final Job tests = waiting();
    private final Job testsOfAnotherDelivery = waiting();
    private final Decision decision = new Decision(Examples.delivery(tests.deliveryId()));

    private Job waiting() {
        return stores.dispatched(Examples.job(
                        "tests",
                        Examples.pullRequest(Examples.PROJECT),
                        List.of(RAWHIDE),
                        Map.of(Job.BUILD, build.id(), Job.CHROOT, RAWHIDE))
                .blocked());
    }

    private List<Job.State> released() {
        decision.select(stores.deliveries.jobsOf(tests.deliveryId()));
        followUps.release(decision);
        return decision.jobs().stream().map(Job::state).toList();
    }

    @Test
    void leavesWhatWaitsForABuildThatRuns() {
        assertThat(released()).containsExactly(Job.State.BLOCKED);
    }

    /** The build looked for what waits for it before the tests were there. */
    @Test
    void releasesWhatWaitsForABuildThatEndedMeanwhile() {
        stores.jobs.advanceTarget(build.id(), RAWHIDE, CheckState.SUCCESS);

        assertThat(released()).containsExactly(Job.State.QUEUED);
        assertThat(released()).as("once more after a crash").containsExactly(Job.State.QUEUED);
    }

    @Test
    void sendsNothingThatTheBuildItselfReleased() {
        stores.jobs.advanceTarget(build.id(), RAWHIDE, CheckState.SUCCESS);
        stores.followers.release(build.id(), "the job of the news");

        assertThat(released()).isEmpty();
    }

    /** Its message is sent by the build's own handler, which finds only what nobody released before. */
    @Test
    void leavesWhatAnotherDeliveryAskedFor() {
        stores.jobs.advanceTarget(build.id(), RAWHIDE, CheckState.SUCCESS);
        released();

        assertThat(stores.jobs.load(testsOfAnotherDelivery.id()).orElseThrow().state())
                .isEqualTo(Job.State.BLOCKED);
    }
}
