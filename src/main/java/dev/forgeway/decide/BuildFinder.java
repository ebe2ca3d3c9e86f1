package dev.forgeway.decide;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Build;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the job that asked for a build, so that its story goes on. */
@Component
public class BuildFinder {

    private static final String HANDLER = "copr-build";

    private final JobStore jobs;

    public BuildFinder(JobStore jobs) {
        this.jobs = jobs;
    }

    /**
     * A build that nobody knows may be one that is being submitted at this moment: the bus can be faster than the
     * answer of Copr.
     *
     * @throws TransientException while a submission is under way
     */
    public void find(Decision decision) {
        Build build = ((CoprBuildEvent) decision.event()).build();
        boolean submitting = jobs.anyIntendedWithoutExternalId(HANDLER);
        Optional<Job> job = jobs.findByExternalId(HANDLER, build.id());
        if (job.isPresent()) {
            decision.subject(job.get());
            StepLog.note("found", "job " + job.get().id());
        } else if (submitting) {
            throw new TransientException("build " + build.id() + " is not known, but a submission is under way");
        } else {
            decision.stop(Outcome.IGNORED, Reason.UNKNOWN_BUILD, "Copr build " + build.id());
        }
    }
}
