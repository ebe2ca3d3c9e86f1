package dev.forgeway.decide.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.RejectedException;
import dev.forgeway.event.Event;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.EventJson;
import dev.forgeway.store.EventSamples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one Forgeway hands on, another understands. */
class ForgewayEventsTest {

    private final EventJson json = new EventJson();
    private final ForgewayEvents events = new ForgewayEvents(json);

    static List<Event> all() {
        return EventSamples.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsEveryEventWhoseAttributesAreInTheBody(Event event) {
        String body = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"" + type(event)
                + "\",\"data\":" + json.write(event) + "}";

        assertThat(new CloudEventsParser(events).parse(delivery(event, Map.of(), body)))
                .contains(event);
        assertThat(new StandardParser(events).parse(delivery(event, Map.of(), body)))
                .contains(event);
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsEveryEventWhoseAttributesAreInHeaders(Event event) {
        assertThat(new CloudEventsParser(events).parse(delivery(event, headers(event), json.write(event))))
                .contains(event);
    }

    @Test
    void namesWhatIsMissingInABodyThatIsTheWholeEvent() {
        Event event = all().get(0);
        Delivery delivery = delivery(event, headers(event), "{\"type\":\"pull-request\",\"action\":\"opened\"}");

        assertThatThrownBy(() -> new CloudEventsParser(events).parse(delivery))
                .isInstanceOf(RejectedException.class)
                .hasMessage("forge");
    }

    private static Map<String, String> headers(Event event) {
        return Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/a", "ce-type", type(event));
    }

    private static String type(Event event) {
        return "dev.forgeway." + event.type().wireName() + "." + event.action();
    }

    private static Delivery delivery(Event event, Map<String, String> headers, String body) {
        return new Delivery(
                "id",
                "cloudevents",
                "key",
                type(event),
                Instant.parse("2025-03-01T12:00:00Z"),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                List.of());
    }
}
