package dev.forgeway.camel;

import dev.forgeway.config.HandleSettings;
import dev.forgeway.config.Settings;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.stereotype.Component;

/** Makes the consumers of a queue {@code jobs.<handler>}: as many as are configured, and some for lower priorities. */
@Component("jobConsumers")
public class JobConsumers implements MessageListenerContainerFactory {

    private static final String PREFIX = "jobs.";
    private static final int PERCENT = 100;

    private final HandleSettings settings;

    JobConsumers(Settings settings) {
        this.settings = settings.handle();
    }

    @Override
    public AbstractMessageListenerContainer createMessageListenerContainer(JmsEndpoint endpoint) {
        String handler = endpoint.getDestinationName().substring(PREFIX.length());
        int any = settings.concurrency().getOrDefault(handler, endpoint.getConcurrentConsumers());
        int lower = Math.max(1, (any * settings.lowerShare() + PERCENT - 1) / PERCENT);
        return new JobListenerContainer(endpoint, any, lower);
    }
}
