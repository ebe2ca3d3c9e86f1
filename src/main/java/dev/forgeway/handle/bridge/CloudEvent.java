package dev.forgeway.handle.bridge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Subject;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event in the envelope of CloudEvents 1.0, all in JSON
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
 *
 * @param id equal for every attempt and for copies of a delivery; unique together with the source
 * @param source the page of the project, or the sender where the event is about none ({@code /amqp})
 * @param type {@code dev.forgeway.}, the type of the event and its action
 * @param subject what of the project it is about, as far as people comment on it ({@code 342}, {@code issue/7})
 */
@JsonPropertyOrder({"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        String datacontenttype,
        Event data) {

    /** The media type of the whole. */
    static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String TYPE_PREFIX = "dev.forgeway.";

    static CloudEvent of(Job job) {
        Event event = job.event();
        Project project = event.project();
        return new CloudEvent(
                "1.0",
                Objects.requireNonNull(job.arguments().get(Job.EVENT_ID)),
                project == null ? "/" + job.arguments().get("source") : project.url(),
                TYPE_PREFIX + event.type().wireName() + "." + event.action(),
                Subject.of(event).map(Subject::place).orElse(null),
                event.occurredAt(),
                "application/json",
                event);
    }
}
