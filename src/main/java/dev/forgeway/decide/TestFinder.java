package dev.forgeway.decide;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the job that asked Testing Farm for tests, so that its story goes on. */
@Component
public class TestFinder {

    private static final String HANDLER = "tests";

    private final JobStore jobs;

    public TestFinder(JobStore jobs) {
        this.jobs = jobs;
    }

    /**
     * A request that nobody knows may be one that is being submitted at this moment: the notification can be faster than
     * the answer.
     *
     * @throws TransientException while a submission is under way
     */
    public void find(Decision decision) {
        String id = ((TestingFarmResultEvent) decision.event()).test().requestId();
        boolean submitting = jobs.anyIntendedWithoutExternalId(HANDLER);
        Optional<Job> job = jobs.findByExternalId(HANDLER, id);
        if (job.isPresent()) {
            decision.subject(job.get());
            StepLog.note("found", "job " + job.get().id());
        } else if (submitting) {
            throw new TransientException("request " + id + " is not known, but a submission is under way");
        } else {
            decision.stop(Outcome.IGNORED, Reason.UNKNOWN_TEST, "request " + id);
        }
    }
}
