package dev.forgeway.decide.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.error.RejectedException;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every payload of GitHub, Testing Farm and the generic senders under {@code fixtures}, with what it has to become. */
class SenderFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Instant RECEIVED_AT = Instant.parse("2025-03-01T12:00:00Z");
    private static final ForgewayEvents EVENTS = new ForgewayEvents(new EventJson());
    private static final Map<String, EventParser> PARSERS = Stream.of(
                    new GitHubParser(),
                    new TestingFarmParser(),
                    new StandardParser(EVENTS),
                    new CloudEventsParser(EVENTS))
            .collect(Collectors.toMap(EventParser::source, parser -> parser));

    private final EventJson json = new EventJson();

    static List<String> payloads() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            return files.map(file -> FIXTURES.relativize(file).toString())
                    .filter(name -> PARSERS.containsKey(name.substring(0, Math.max(0, name.indexOf('/')))))
                    .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void becomesWhatStandsBesideIt(String payload) throws IOException {
        String expected = Files.readString(FIXTURES.resolve(payload.replace(".json", ".expected.json")));

        assertThat(parse(payload)).isEqualTo(json.readTree(expected));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void isTheSameWithFieldsThatNobodyKnows(String payload) throws IOException {
        ObjectNode changed = (ObjectNode) json.readTree(Files.readString(FIXTURES.resolve(payload)));
        changed.putObject("unheard_of").putArray("of").add(1).addNull();

        assertThat(parse(payload, json.write(changed).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(parse(payload));
    }

    @Test
    void everySenderHasFixtures() throws IOException {
        assertThat(payloads())
                .extracting(name -> name.substring(0, name.indexOf('/')))
                .containsAll(PARSERS.keySet());
    }

    private JsonNode parse(String payload) throws IOException {
        return parse(payload, Files.readAllBytes(FIXTURES.resolve(payload)));
    }

    private JsonNode parse(String payload, byte[] body) {
        String sender = payload.substring(0, payload.indexOf('/'));
        Delivery delivery =
                new Delivery("id", sender, "key", eventName(payload), RECEIVED_AT, Map.of(), body, List.of());
        try {
            return Objects.requireNonNull(PARSERS.get(sender))
                    .parse(delivery)
                    .map(event -> json.readTree(json.write(event)))
                    .orElseGet(() -> json.readTree("{\"ignored\":true}"));
        } catch (RejectedException e) {
            return json.readTree(
                    json.write(Map.of("rejected", e.reason().wireName(), "detail", String.valueOf(e.getMessage()))));
        }
    }

    /** {@code <event>.<case>.json}; an event may have dots in its name. */
    private static String eventName(String payload) {
        String stem = payload.substring(payload.indexOf('/') + 1, payload.length() - ".json".length());
        return stem.substring(0, stem.lastIndexOf('.'));
    }
}
