package dev.forgeway.handle.bridge;

import dev.forgeway.bus.Publication;
import dev.forgeway.config.PublishSettings.Bus;
import dev.forgeway.config.PublishSettings.Subscription;
import dev.forgeway.config.TopicTemplate;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.store.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Writes the message of an event for a bus, in one of two formats. */
@Component
class Publications {

    /** Messages that have no schema of their own (https://fedora-messaging.readthedocs.io/en/stable/user-guide/schemas.html). */
    private static final String BASE_SCHEMA = "base.message";

    private final EventJson json;
    private final Clock clock;

    Publications(EventJson json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Publication of(Job job, Subscription subscription) {
        String topic = topic(job.event(), subscription);
        String id = Objects.requireNonNull(job.arguments().get(Job.EVENT_ID));
        return switch (subscription.format()) {
            case CLOUDEVENT -> new Publication(topic, id, CloudEvent.MEDIA_TYPE, Map.of(), bytes(CloudEvent.of(job)));
            case FEDORA_MESSAGING ->
                new Publication(topic, id, "application/json", headers(subscription), bytes(job.event()));
        };
    }

    /** https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html */
    private Map<String, Object> headers(Subscription subscription) {
        return Map.of(
                "fedora_messaging_schema",
                BASE_SCHEMA,
                "fedora_messaging_severity",
                subscription.severity().number(),
                "sent-at",
                clock.instant().toString());
    }

    /** A namespace is as many levels of the topic as it has itself. */
    private static String topic(Event event, Subscription subscription) {
        Map<String, String> values = new HashMap<>();
        values.put("type", event.type().wireName());
        values.put("action", event.action());
        values.put("forge", Objects.requireNonNullElse(event.forge(), ""));
        Project project = event.project();
        if (project != null) {
            boolean slashes = subscription.bus() == Bus.MQTT;
            values.put(
                    "namespace",
                    slashes ? project.namespace() : project.namespace().replace('/', '.'));
            values.put("name", project.name());
        }
        return new TopicTemplate(Objects.requireNonNull(subscription.topic())).fill(values);
    }

    private byte[] bytes(Object value) {
        return json.write(value).getBytes(StandardCharsets.UTF_8);
    }
}
