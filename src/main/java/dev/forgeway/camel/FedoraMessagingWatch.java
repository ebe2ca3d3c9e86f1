package dev.forgeway.camel;

import dev.forgeway.schedule.FedoraMessagingGaps;
import org.springframework.stereotype.Component;

/** Looks whether Fedora Messaging is being consumed by this process. */
@Component("fedoraMessagingWatch")
public class FedoraMessagingWatch {

    private final FedoraMessagingConsumers consumers;
    private final FedoraMessagingGaps gaps;

    FedoraMessagingWatch(FedoraMessagingConsumers consumers, FedoraMessagingGaps gaps) {
        this.consumers = consumers;
        this.gaps = gaps;
    }

    /** Called by a route. */
    public void look() {
        gaps.consumes(consumers.areConnected());
    }
}
