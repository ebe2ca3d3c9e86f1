package dev.forgeway.admin;

import dev.forgeway.dispatch.Job;
import dev.forgeway.ingest.Delivery;
import java.util.Set;

/** The way back to the broker, for what came once. */
public interface Redelivery {

    /**
     * Puts a delivery on its queue and returns once it is durable there.
     *
     * @throws Problem (503) when the broker does not take it
     */
    void send(Delivery delivery);

    /**
     * Lets a job that ended as an error begin once more, and returns once its message is durable on its queue.
     *
     * @throws Problem (503) when the broker does not take it
     */
    void send(Job job);

    /**
     * Wakes the reporters for a place about which something is wanted, and returns once the message is durable on its queue.
     *
     * @throws Problem (503) when the broker does not take it
     */
    void wakeReport(String id);

    /** Takes the messages of these deliveries, jobs and reports from the queues of dead letters, if they are there. */
    void removeDead(Set<String> ids);
}
