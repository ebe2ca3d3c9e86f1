package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.StackText;
import dev.forgeway.forge.CheckState;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What one attempt of a job finds out and the next one has to know. */
@Component
public class AttemptStore {

    private static final String LEARNED = "update job set arguments = ? where id = ?";

    private static final String MENDED = """
            update job_target set state = ?, updated_at = ?
            where job_id = ? and target = ? and state = 'FAILURE'
            """;

    private final StoreTransaction transaction;
    private final EventJson json;

    public AttemptStore(StoreTransaction transaction, EventJson json) {
        this.transaction = transaction;
        this.json = json;
    }

    /** Keeps where a job failed last. */
    public void failed(String jobId, Throwable why) {
        transaction.update("update job set stack = ? where id = ?", Bound.to(StackText.of(why), jobId));
    }

    /** Keeps the arguments of a job, to which some were added, also for whoever repeats it. */
    public void learned(Job job) {
        transaction.update(LEARNED, Bound.to(json.write(job.arguments()), job.id()));
    }

    /** A target that failed came to something else after all, by a later attempt of the same job. */
    public void mended(String jobId, String target, CheckState state) {
        transaction.update(MENDED, Bound.to(state.name(), Instant.now(), jobId, target));
    }
}
