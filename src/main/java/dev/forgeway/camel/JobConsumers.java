package dev.forgeway.camel;

import dev.forgeway.config.HandleSettings;
import dev.forgeway.config.Settings;
import dev.forgeway.store.Pause;
import dev.forgeway.store.Pauses;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.stereotype.Component;

/** Makes the consumers of a queue {@code jobs.<handler>}: as many as are configured, and some for lower priorities; none while the handler is paused. */
@Component("jobConsumers")
public class JobConsumers implements MessageListenerContainerFactory {

    private static final String PREFIX = "jobs.";
    private static final int PERCENT = 100;

    private final HandleSettings settings;
    private final Pauses pauses;
    private final Map<String, JobListenerContainer> containers = new ConcurrentHashMap<>();

    JobConsumers(Settings settings, Pauses pauses) {
        this.settings = settings.handle();
        this.pauses = pauses;
    }

    @Override
    public AbstractMessageListenerContainer createMessageListenerContainer(JmsEndpoint endpoint) {
        String handler = endpoint.getDestinationName().substring(PREFIX.length());
        int any = settings.concurrency().getOrDefault(handler, endpoint.getConcurrentConsumers());
        int lower = Math.max(1, (any * settings.lowerShare() + PERCENT - 1) / PERCENT);
        JobListenerContainer container =
                new JobListenerContainer(endpoint, any, lower, () -> pauses.isPaused(Pause.Kind.HANDLER, handler));
        pauses.onLook(container::follow);
        containers.put(handler, container);
        return container;
    }

    /** How many consumers of a handler work in this process, or ask for work. */
    public int active(String handler) {
        JobListenerContainer container = containers.get(handler);
        return container == null ? 0 : container.getActiveConsumerCount();
    }
}
