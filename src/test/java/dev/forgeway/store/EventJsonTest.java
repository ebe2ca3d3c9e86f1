package dev.forgeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.event.Event;
import dev.forgeway.metrics.Step;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {

    private final EventJson json = new EventJson();

    static List<Event> events() {
        return EventSamples.all();
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsWhatItWrote(Event event) {
        assertThat(json.readEvent(json.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void namesTheTypeAsOnTheWire(Event event) {
        assertThat(json.readTree(json.write(event)).path("type").asText())
                .isEqualTo(event.type().wireName());
    }

    @Test
    void knowsEveryKindOfEvent() {
        assertThat(events().stream().map(Object::getClass))
                .as("a new event record needs its NamedType in EventJson and its sample in EventSamples")
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Event.class.getPermittedSubclasses()));
    }

    @Test
    void leavesOutWhatDoesNotApplyAndWritesInstantsAsIso() {
        JsonNode tree = json.readTree(json.write(Samples.OPENED));
        assertThat(tree.has("commitBefore")).isFalse();
        assertThat(tree.path("installation").has("account")).isFalse();
        assertThat(tree.path("occurredAt").asText()).isEqualTo("2025-03-01T12:00:00Z");
        assertThat(tree.path("project").path("namespace").asText()).isEqualTo("packit-service");
    }

    @Test
    void callsThePackageOfABuildAPackage() {
        JsonNode build = json.readTree(json.write(Samples.BUILT)).path("build");
        assertThat(build.path("package").asText()).isEqualTo("hello");
        assertThat(build.has("packageName")).isFalse();
    }

    @Test
    void readsArraysOneAfterAnother() {
        Step first = Samples.step("parse");
        Step second = Samples.step("select-jobs");
        String text = json.writeSteps(List.of(first)) + json.writeSteps(List.of()) + json.writeSteps(List.of(second));
        assertThat(json.readList(text, Step.class)).containsExactly(first, second);
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> json.readEvent("{")).isInstanceOf(UncheckedIOException.class);
    }
}
