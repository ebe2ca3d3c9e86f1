package dev.forgeway.schedule;

import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.StoredJob;
import java.util.List;

/** A service that jobs wait for, which can be asked itself when nobody tells what becomes of its work. */
public interface PendingService {

    /** The name of the handler whose jobs wait for it. */
    String handler();

    /**
     * Asks how the work of a job stands, and says it by deliveries in the shape of those that the service sends, or its
     * bus. They go the way of all deliveries. The same news have the same key whenever they are asked for.
     *
     * @param job one that waits, with an external id
     * @return what the job's targets do not know yet, in its order; empty when there is nothing new
     * @throws dev.forgeway.error.TransientException when the service cannot say now
     * @throws dev.forgeway.error.UserErrorException when it never will; the text is shown on the checks of the job
     */
    List<Delivery> ask(StoredJob job);
}
