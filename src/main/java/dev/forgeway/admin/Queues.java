package dev.forgeway.admin;

import java.util.List;
import java.util.Map;

/** What the broker told last, some seconds ago at most. Everything throws {@link Problem} while it does not. */
public interface Queues {

    /** What waits in its queues. */
    List<QueueView> all();

    /** How many messages are held for what is paused ("source github", "project host/namespace/name"). */
    Map<String, Long> held();

    /** How full it is. */
    BrokerView broker();
}
