package dev.forgeway.schedule;

import dev.forgeway.error.TransientException;
import java.util.Map;
import java.util.Set;

/** What the broker holds. */
public interface Queued {

    /**
     * The ids of all deliveries, jobs or reports of which a queue holds a message: one that waits, waits for a time to come, is
     * worked on, or is held because of a pause. A queue that does not tell of all of its messages is left out, as is one that
     * does not exist.
     *
     * @throws TransientException when the broker does not answer
     */
    Map<String, Set<String>> ids(Set<String> queues);
}
