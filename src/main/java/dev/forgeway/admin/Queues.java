package dev.forgeway.admin;

import java.util.List;

/** What waits in the broker's queues, as it was seen last. */
public interface Queues {

    List<QueueView> all();
}
