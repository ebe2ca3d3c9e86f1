package dev.forgeway.schedule;

import dev.forgeway.ingest.Receipt;
import dev.forgeway.store.PendingStore.Pending;
import java.time.Instant;
import java.util.List;

/**
 * What asking about a waiting job brought.
 *
 * @param news the deliveries, in their order
 * @param next when to ask again
 */
public record PendingAnswer(Pending job, List<Receipt> news, Instant next) {

    public String jobId() {
        return job.jobId();
    }

    /** Why nothing more is expected; empty while something is. */
    public String why() {
        return job.givenUp() == null ? "" : job.givenUp();
    }

    public boolean isGivenUp() {
        return job.givenUp() != null;
    }
}
