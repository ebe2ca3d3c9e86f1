package dev.forgeway.decide.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.error.Reason;
import dev.forgeway.error.RejectedException;
import dev.forgeway.event.PushEvent;
import dev.forgeway.ingest.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagureParserTest {

    private static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {"'{', INVALID_JSON", "'[]', INVALID_JSON", "'{\"msg\":{}}', MISSING_FIELD"})
    void rejectsWhatHasNoTopic(String body, Reason reason) {
        assertThatThrownBy(() -> new PagureParser().parse(delivery(body)))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    /** How a consumer of a bus uses the same understanding. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "git.receive",
                "pagure.git.receive",
                "io.pagure.prod.pagure.git.receive",
                "org.fedoraproject.prod.pagure.git.receive"
            })
    void understandsAMessageWhateverABusPutsBeforeItsTopic(String topic) {
        Payload message = Payload.read(bytes("{\"repo\":{\"full_url\":\"https://pagure.io/hello\"},"
                + "\"branch\":\"main\",\"end_commit\":\"c0ffee\"}"));

        assertThat(PagureMessages.parse(topic, message, NOON).orElseThrow())
                .isInstanceOfSatisfying(PushEvent.class, push -> {
                    assertThat(push.project().key()).isEqualTo("pagure.io/hello");
                    assertThat(push.ref()).isEqualTo("refs/heads/main");
                    assertThat(push.commit()).isEqualTo("c0ffee");
                });
    }

    @Test
    void understandsNoTopicThatOnlyEndsAlike() {
        assertThat(PagureMessages.parse("org.xgit.receive", Payload.read(bytes("{}")), NOON))
                .isEmpty();
    }

    private static Delivery delivery(String body) {
        return new Delivery("id", "pagure", "key", "", NOON, Map.of(), bytes(body), List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
