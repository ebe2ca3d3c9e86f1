package dev.forgeway.decide;

import dev.forgeway.dispatch.Job;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.FollowerStore;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Releases jobs that were decided on to wait for a build of an earlier delivery, when that build ended just before they
 * were stored: it could not know of them.
 */
@Component
public class FollowUps {

    private final DeliveryStore deliveries;
    private final FollowerStore followers;

    public FollowUps(DeliveryStore deliveries, FollowerStore followers) {
        this.deliveries = deliveries;
        this.followers = followers;
    }

    /** To be called after the decision was stored, also when that was done before a crash. */
    public void release(Decision decision) {
        Set<String> own = decision.jobs().stream().map(Job::id).collect(Collectors.toSet());
        Set<String> builds = decision.jobs().stream()
                .filter(job -> job.state() == Job.State.BLOCKED)
                .map(job -> Objects.requireNonNull(job.arguments().get(Job.BUILD)))
                .filter(build -> !own.contains(build))
                .collect(Collectors.toSet());
        String id = decision.delivery().id();
        boolean released = false;
        for (String build : builds) {
            released |= followers.releaseOwn(build, id);
        }
        if (released) {
            decision.jobs(deliveries.jobsOf(id));
            StepLog.note("released", null);
        } else {
            StepLog.skip();
        }
    }
}
