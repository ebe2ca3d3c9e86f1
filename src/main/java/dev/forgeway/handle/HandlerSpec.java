package dev.forgeway.handle;

import dev.forgeway.config.QueueClass;
import dev.forgeway.event.EventType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a handler says about itself; selection, queues, priorities, the help text and the documentation are derived
 * from it.
 *
 * @param name the handler's name in the API and in metrics; its queue is {@code jobs.<name>}
 * @param jobTypes the types of job in the package config that it runs for; empty for one that needs no config
 * @param triggers which triggers of these jobs it serves ("pull_request", "commit", "release", "koji_build")
 * @param events the events that it reacts to
 * @param commands the comment commands that ask for it
 * @param checkPrefix the first part of the names of its checks, or null when it shows none
 * @param queueClass how long its jobs take
 * @param seedNames what the notes that Forgeway was built from call the handlers that it covers
 * @param description one sentence for the help text, without a full stop
 */
public record HandlerSpec(
        String name,
        Set<String> jobTypes,
        Set<String> triggers,
        Set<EventType> events,
        Set<String> commands,
        @Nullable String checkPrefix,
        QueueClass queueClass,
        List<String> seedNames,
        String description) {

    public String queue() {
        return "jobs." + name;
    }

    public boolean reactsTo(EventType type) {
        return events.contains(type);
    }

    /** Whether it runs for a job of the package config; else for its events or commands alone. */
    public boolean needsConfig() {
        return !jobTypes.isEmpty();
    }
}
