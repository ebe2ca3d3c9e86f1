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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of a bus that is kept under {@code fixtures}, with what it has to become beside it. */
class BusFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/fedora-messaging");
    private static final Instant RECEIVED_AT = Instant.parse("2025-03-01T12:00:00Z");

    private final EventJson json = new EventJson();
    private final EventParser parser = new BusParser();

    static List<String> messages() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void becomesWhatStandsBesideIt(String message) throws IOException {
        String expected = Files.readString(FIXTURES.resolve(message.replace(".json", ".expected.json")));

        assertThat(parse(message, "org.fedoraproject.prod.", body(message))).isEqualTo(json.readTree(expected));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isTheSameWithoutAPrefixAndInOneMoreEnvelope(String message) throws IOException {
        ObjectNode envelope = (ObjectNode) json.readTree("{\"unheard_of\":[1,null]}");
        envelope.set("body", json.readTree(Files.readString(FIXTURES.resolve(message))));

        assertThat(parse(message, "", json.write(envelope).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(parse(message, "", body(message)));
    }

    @Test
    void servesAllKindsOfBusAndWhatCoprAndKojiAnswer() {
        assertThat(parser.sources()).containsExactlyInAnyOrder("amqp", "copr", "fedora-messaging", "koji", "mqtt");
    }

    @Test
    void rejectsWhatIsNoJsonObject() {
        assertThat(parse("copr.build.end.x.json", "", new byte[0])
                        .path("rejected")
                        .asText())
                .isEqualTo("invalid-json");
        assertThat(parse("copr.build.end.x.json", "", "[{}]".getBytes(StandardCharsets.UTF_8))
                        .path("rejected")
                        .asText())
                .isEqualTo("invalid-json");
    }

    private static byte[] body(String message) throws IOException {
        return Files.readAllBytes(FIXTURES.resolve(message));
    }

    private JsonNode parse(String message, String prefix, byte[] body) {
        String stem = message.substring(0, message.length() - ".json".length());
        String topic = prefix + stem.substring(0, stem.lastIndexOf('.'));
        Delivery delivery =
                new Delivery("id", "fedora-messaging", "key", topic, RECEIVED_AT, Map.of(), body, List.of());
        try {
            return parser.parse(delivery)
                    .map(event -> json.readTree(json.write(event)))
                    .orElseGet(() -> json.readTree("{\"ignored\":true}"));
        } catch (RejectedException e) {
            return json.readTree(
                    json.write(Map.of("rejected", e.reason().wireName(), "detail", String.valueOf(e.getMessage()))));
        }
    }
}
