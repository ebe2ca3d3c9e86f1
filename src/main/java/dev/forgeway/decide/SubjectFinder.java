package dev.forgeway.decide;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.KojiTaskEvent;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the job that asked a service for something of which there is news, so that its story goes on. */
@Component
public class SubjectFinder {

    private final JobStore jobs;

    public SubjectFinder(JobStore jobs) {
        this.jobs = jobs;
    }

    /**
     * What the news are of.
     *
     * @param handler whose jobs ask for such things
     * @param id the service's own
     * @param name for people
     * @param unknown why news of what no job asked for are ignored
     */
    private record Subject(String handler, String id, String name, Reason unknown) {

        static Subject of(Event event) {
            if (event instanceof CoprBuildEvent news) {
                String id = news.build().id();
                return new Subject("copr-build", id, "Copr build " + id, Reason.UNKNOWN_BUILD);
            }
            if (event instanceof TestingFarmResultEvent news) {
                String id = news.test().requestId();
                return new Subject("tests", id, "request " + id, Reason.UNKNOWN_TEST);
            }
            if (event instanceof KojiTaskEvent news) {
                String id = news.build().id();
                return new Subject("koji-build", id, "Koji task " + id, Reason.UNKNOWN_BUILD);
            }
            throw new IllegalArgumentException(event.type() + " is no news of a job's work");
        }
    }

    /**
     * What nobody knows may be what is being submitted at this moment: news can be faster than the answer to the
     * submission.
     *
     * @throws TransientException while a submission is under way
     */
    public void find(Decision decision) {
        Subject subject = Subject.of(decision.event());
        boolean submitting = jobs.anyIntendedWithoutExternalId(subject.handler());
        Optional<Job> job = jobs.findByExternalId(subject.handler(), subject.id());
        if (job.isPresent()) {
            decision.subject(job.get());
            StepLog.note("found", "job " + job.get().id());
        } else if (submitting) {
            throw new TransientException(subject.name() + " is not known, but a submission is under way");
        } else {
            decision.stop(Outcome.IGNORED, subject.unknown(), subject.name());
        }
    }
}
