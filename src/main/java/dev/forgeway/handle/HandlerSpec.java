package dev.forgeway.handle;

import dev.forgeway.config.QueueClass;
import dev.forgeway.event.EventType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a handler says about itself; selection, queues, priorities, the help text and the documentation are derived
 * from it.
 *
 * @param name the handler's name in the API and in metrics; its queue is {@code jobs.<name>}
 * @param jobType the type of job in the package config that it runs for, or null for one that needs no config
 * @param events the events that it reacts to
 * @param commands the comment commands that ask for it
 * @param checkPrefix the first part of the names of its checks, or null when it shows none
 * @param description one sentence for the help text, without a full stop
 * @param queueClass how long its jobs take
 */
public record HandlerSpec(
        String name,
        @Nullable String jobType,
        Set<EventType> events,
        Set<String> commands,
        @Nullable String checkPrefix,
        String description,
        QueueClass queueClass) {

    /** A handler whose jobs take seconds. */
    public HandlerSpec(
            String name,
            @Nullable String jobType,
            Set<EventType> events,
            Set<String> commands,
            @Nullable String checkPrefix,
            String description) {
        this(name, jobType, events, commands, checkPrefix, description, QueueClass.SHORT);
    }

    public String queue() {
        return "jobs." + name;
    }

    public boolean reactsTo(EventType type) {
        return events.contains(type);
    }
}
