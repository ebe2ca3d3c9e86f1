package dev.forgeway.service.koji;

import java.util.Set;

/**
 * A task as Koji describes it.
 *
 * @param state Koji's word in lower case: free, open, closed, canceled, assigned, failed; "unknown" for a new one
 * @param url the page of the task
 */
public record KojiTask(String id, String state, String url) {

    /** Whether it is over, however it ended. */
    public boolean hasEnded() {
        return Set.of("closed", "canceled", "failed").contains(state);
    }
}
