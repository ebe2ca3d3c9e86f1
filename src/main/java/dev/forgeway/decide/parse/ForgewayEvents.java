package dev.forgeway.decide.parse;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.forgeway.error.RejectedException;
import dev.forgeway.event.Event;
import dev.forgeway.event.EventType;
import dev.forgeway.event.Project;
import dev.forgeway.store.EventJson;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Events in the words of Forgeway itself, as docs/bridge.md says: the type names them, the data is their JSON. */
@Component
class ForgewayEvents {

    private static final String PREFIX = "dev.forgeway.";

    private final EventJson json;

    ForgewayEvents(EventJson json) {
        this.json = json;
    }

    /** Whether a type is {@code dev.forgeway.<type>.<action>} with a type of the vocabulary. */
    boolean knows(String type) {
        return Arrays.stream(EventType.values()).anyMatch(known -> type.startsWith(PREFIX + known.wireName() + "."));
    }

    /**
     * @param type one that it knows
     * @param path where the data stands in the delivery, to name what is missing; empty for the whole
     * @throws RejectedException when the data lacks what such an event needs, or is an event of another type
     */
    Event read(String type, Payload data, String path) {
        Event event = event(data, path);
        RequiredFields.check(event, path);
        if (!type.equals(PREFIX + event.type().wireName() + "." + event.action())) {
            throw Payload.missing(RequiredFields.at(path, "type"));
        }
        Project project = event.project();
        if (project != null && !isAtItsPage(project)) {
            throw Payload.missing(RequiredFields.at(path, "project.url"));
        }
        return event;
    }

    private Event event(Payload data, String path) {
        try {
            return json.readEvent(data.json());
        } catch (UncheckedIOException e) {
            throw Payload.missing(place(e, path));
        }
    }

    /** The field that could not be read; a type that nobody knows has none. */
    private static String place(UncheckedIOException e, String path) {
        String field = e.getCause() instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .map(name -> name == null ? "[]" : name)
                        .collect(Collectors.joining("."))
                : "";
        return RequiredFields.at(path, field.isEmpty() ? "type" : field);
    }

    /** Nobody is believed to be a project whose page is another's: approvals go by host, namespace and name. */
    private static boolean isAtItsPage(Project project) {
        String path = project.namespace().isEmpty() ? project.name() : project.namespace() + "/" + project.name();
        @Nullable String visibility = project.visibility();
        return Project.at(project.url(), path, visibility).equals(Optional.of(project));
    }
}
